// The trace of a lesson is the same, byte for byte, in Node and in each browser, and the second time: whoever writes
// about a step may be sure that the reader sees it.
//   node tests/browser/same.mjs [BROWSER...]
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { traceInNode } from './node-page.mjs';
import { borrow, browsers } from './open.mjs';
import { lessonsOf, ready, report, withSite } from './site.mjs';

const sum = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** The files of a lesson, and those of each of its variants, without their endings. */
const variantsOf = ({ twists = [] }) => [{}, ...twists];

/** Keeps what is saved instead of offering it to a person. */
const keepSaved = `(() => { HTMLAnchorElement.prototype.click = () => {};
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => (blob.type === 'application/json' && (globalThis.saved = blob.text()), make(blob)); })()`;

/** Records what the address says, once more if it said so already, and gives the trace as the page saves it. */
async function traceIn(tab, hash) {
  const recorded = `performance.getEntriesByName('ready').length`;
  const before = await tab.evaluate(recorded);
  await tab.evaluate(
    `void (location.hash === '${hash}' ? dispatchEvent(new Event('hashchange')) : (location.hash = '${hash}'))`,
  );
  await tab.waitFor(`${recorded} > ${before}`);
  return tab.evaluate(`(document.getElementById('trace-save').click(), saved)`);
}

/** Where two texts part. */
function difference(one, other) {
  let at = 0;
  while (one[at] === other[at]) at++;
  const around = (text) => text.slice(Math.max(at - 80, 0), at + 80);
  return `${around(one)}\n         not  ${around(other)}`;
}

async function testBrowser(browser, address, programs, check) {
  const tab = await borrow(browser);
  try {
    await tab.resize(1440, 900);
    await tab.goto(`${address}#l=1`);
    await tab.waitFor(ready);
    await tab.evaluate(keepSaved);
    for (const { name, hash, trace } of programs)
      for (const time of ['first', 'second']) {
        const seen = await traceIn(tab, hash);
        check(
          `${name} in ${browser}, the ${time} time`,
          seen === trace ? sum(seen) : difference(seen, trace),
          sum(trace),
        );
      }
  } finally {
    await tab.close();
  }
}

export function testSame(names = browsers) {
  return withSite('the same everywhere', async (site, address, check) => {
    const programs = [];
    for (const lesson of lessonsOf(site))
      for (const [i, twist] of variantsOf(lesson).entries()) {
        const name = `lesson ${lesson.number}${i > 0 ? `, variant ${i}` : ''}`;
        const [trace, again] = [await traceInNode(site, lesson, twist), await traceInNode(site, lesson, twist)];
        check(`${name} in Node, the second time`, sum(again), sum(trace));
        programs.push({ name, hash: `#l=${lesson.number}${i > 0 ? `&b=${i}` : ''}`, trace });
      }
    check('all traces are others', new Set(programs.map(({ trace }) => trace)).size, programs.length);
    for (const browser of names) await testBrowser(browser, address, programs, check);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = browsers.filter((name) => process.argv.includes(name));
  report(await testSame(names.length > 0 ? names : browsers), 'Node and browsers');
}
