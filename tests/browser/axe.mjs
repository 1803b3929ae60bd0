// Whether everybody can use the page, as far as a program can tell: axe's rules, with each panel open.
//   node tests/browser/axe.mjs
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { open } from './open.mjs';
import { drop } from './files.mjs';
import { lessonsOf, openLesson, press, ready, report, widths, withSite } from './site.mjs';

const violations = `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map((node) => id + ': ' + node.html + ' ' + node.failureSummary)))`;

// A path and not a text: the packages may not be there yet when this file is loaded.
const axeFile = () => fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

/** What only a narrow screen has: the other two views, and the inspector as a sheet. */
async function testNarrow(page, where, check) {
  for (const view of ['c', 'js']) {
    await page.evaluate(`document.querySelector('[data-view="${view}"][aria-pressed]').click()`);
    check(`${where}, ${view} alone`, await page.evaluate(violations), []);
  }
  await press(page, 'sheet-open');
  await page.waitFor('document.getAnimations().length === 0');
}

async function testLesson(page, address, lesson, where, check) {
  await openLesson(page, address, lesson);
  await page.evaluate(readFileSync(axeFile(), 'utf8'));
  check(`${where}, at the beginning`, await page.evaluate(violations), []);
  await page.evaluate(`document.querySelector('#options input')?.click()`);
  await press(page, 'last');
  check(`${where}, at the end`, await page.evaluate(violations), []);
  if (where.includes('at 390')) await testNarrow(page, where, check);
  for (const tab of ['now', 'steps', 'machine', 'memory', 'lints']) {
    await press(page, `tab-${tab}`);
    check(`${where}, ${tab}`, await page.evaluate(violations), []);
  }
}

/** What is not part of every lesson: help, the editor with a mistake in it, the menu, the other axis, a trace. */
async function testRest(page, address, lesson, where, check) {
  const { pack } = await import('../../dist/page/links/pack.js');
  await page.goto('about:blank');
  await page.goto(`${address}#v1.${lesson.number}.${await pack({ js: 'let a = ;' })}`);
  await page.waitFor(`${ready} && !document.getElementById('js-editor').hidden`);
  await page.evaluate(readFileSync(axeFile(), 'utf8'));
  check(`${where}, a program from a link`, await page.evaluate(violations), []);
  await press(page, 'help-open');
  check(`${where}, the window of keys`, await page.evaluate(violations), []);
  await press(page, 'help-close');
  await press(page, 'js-run');
  await page.waitFor(`!document.getElementById('js-mistake').hidden`);
  await page.evaluate(
    `(document.getElementById('trace-menu').open = true, document.getElementById('contents').open = true, document.getElementById('axis').value = 'ms', document.getElementById('axis').dispatchEvent(new Event('change')))`,
  );
  check(`${where}, a mistake, the menu and the other axis`, await page.evaluate(violations), []);
  await drop(page, 'good.json', readFileSync(new URL('../js/traces/good.json', import.meta.url), 'utf8'));
  await page.waitFor(`document.body.dataset.mode === 'trace'`);
  check(`${where}, a trace`, await page.evaluate(violations), []);
}

async function testScheme(site, address, dark, check) {
  const page = await open('chromium', { dark });
  try {
    for (const width of widths) {
      await page.resize(width, 900);
      for (const lesson of lessonsOf(site)) {
        const where = `lesson ${lesson.number} at ${width}, ${dark ? 'dark' : 'light'}`;
        await testLesson(page, address, lesson, where, check);
      }
      await testRest(page, address, lessonsOf(site)[0], `at ${width}, ${dark ? 'dark' : 'light'}`, check);
    }
  } finally {
    await page.close();
  }
}

/** Each lesson at each width, light and dark at once: the rules take a core for all of their time. */
export function testAxe() {
  return withSite('axe', async (site, address, check) => {
    const ends = await Promise.allSettled([false, true].map((dark) => testScheme(site, address, dark, check)));
    for (const { reason } of ends) if (reason) check('one that broke', reason.stack, '');
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) report(await testAxe(), 'chromium');
