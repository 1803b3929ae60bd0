// Whether everybody can use the page, as far as a program can tell: axe's rules, with each panel open.
//   node tests/browser/axe.mjs
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { open } from './open.mjs';
import { lessonsOf, openLesson, widths, withSite } from './site.mjs';

const violations = `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map((node) => id + ': ' + node.html + ' ' + node.failureSummary)))`;

// A path and not a text: the packages may not be there yet when this file is loaded.
const axeFile = () => fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

async function testLesson(page, address, lesson, where, check) {
  await openLesson(page, address, lesson);
  await page.evaluate(readFileSync(axeFile(), 'utf8'));
  check(`${where}, at the beginning`, await page.evaluate(violations), []);
  await page.evaluate(`document.querySelector('#options input').click()`);
  await page.evaluate(`document.getElementById('last').click()`);
  check(`${where}, at the end`, await page.evaluate(violations), []);
  await page.evaluate(`document.getElementById('tab-steps').click()`);
  check(`${where}, all steps`, await page.evaluate(violations), []);
}

/** Each lesson at each width, light and dark. */
export function testAxe() {
  return withSite('axe', async (site, address, check) => {
    for (const dark of [false, true]) {
      const page = await open('chromium', { dark });
      try {
        for (const width of widths) {
          await page.resize(width, 900);
          for (const lesson of lessonsOf(site)) {
            const where = `lesson ${lesson.number} at ${width}, ${dark ? 'dark' : 'light'}`;
            await testLesson(page, address, lesson, where, check);
          }
        }
      } finally {
        await page.close();
      }
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed, log } = await testAxe();
  if (log) console.log(log);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
