// Programs that would not end are stopped: what came before is kept, and the page can be used meanwhile.
//   node tests/browser/stops.mjs [BROWSER]
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileWasm } from '../../tools/web-clang.mjs';
import { browsers, open } from './open.mjs';
import { openLesson, place, printed, serveWith, lessonsOf, testInTab } from './site.mjs';

const LONGEST_MS = 5 * 500; // five times the bar: a busy machine is no defect

const scripts = {
  'a loop in JavaScript': `console.log('before'); for (;;);`,
  'a loop that catches everything': `console.log('before'); for (;;) try { for (;;) {} } catch {}`,
  'microtasks that queue microtasks': `console.log('before'); const again = () => queueMicrotask(again); again();`,
  'async functions that await': `console.log('before'); async function again() { await null; return again(); } await again();`,
  'an interval that nobody clears': `console.log('before'); setInterval(() => {}, 1000);`,
  'timers that set timers': `console.log('before'); const again = () => setTimeout(again, 0); again();`,
};
const programs = {
  'a loop in C': { source: 'tests/browser/stops/loop.c', lines: ['before', 'counted 5050'] },
  'a task that wakes itself': { source: 'tests/browser/stops/self_wake.c', lines: ['before'] },
};

/** The longest time that the page did not draw, from here to when the lesson is ready. */
const watch = `(() => { let last = performance.now(); globalThis.longest = 0;
  const look = () => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; requestAnimationFrame(look); };
  look(); })()`;

/** Opens the lesson whose program does not end: how long until the page is done with it. */
async function openEndless(tab, address, lesson) {
  await tab.goto('about:blank');
  await tab.goto(`${address}#l=${lesson.number}`);
  await tab.evaluate(watch);
  await tab.waitFor(`document.body.dataset.state === 'ready'`);
  const [began, ended] = await tab.evaluate(
    `['recording', 'ready'].map((name) => performance.getEntriesByName(name)[0].startTime)`,
  );
  return ended - began;
}

async function testStop(tab, address, lesson, { name, side, lines }, check) {
  const time = await openEndless(tab, address, lesson);
  check(`${name}: stopped in time`, time < LONGEST_MS || time, true);
  check(`${name}: the page draws meanwhile`, (await tab.evaluate('longest')) < LONGEST_MS, true);
  const problem = await tab.evaluate(`document.getElementById('problem').textContent`);
  check(`${name}: is said`, /^(C|JavaScript): Stopped .*What came before is kept\.$/.test(problem) || problem, true);
  await tab.evaluate(`document.getElementById('last').click()`);
  check(`${name}: what came before is kept`, await tab.evaluate(printed(side)), lines);
  const [at, of] = (await tab.evaluate(place)).split('/').map(Number);
  check(`${name}: to its last step`, at === of && of > 3, true);
}

/** Serves the site with each of the programs in the place of the first lesson's. */
async function eachEndless(site, use) {
  const { addFuel } = await import('../../dist/page/run/wasm-fuel.js');
  const { rewrite } = await import('../../dist/page/run/rewrite-script.js');
  const { parse } = await import('acorn'); // not before the packages are installed
  const modules = await compileWasm(
    Object.values(programs).map(({ source }) => source),
    () => {},
  );
  for (const [name, { source, lines }] of Object.entries(programs)) {
    const wasm = addFuel(readFileSync(modules.get(source).wasm), 5_000_000);
    await serveWith(site, { 'lesson.wasm': wasm, 'lesson.c': readFileSync(source) }, (address) =>
      use(address, { name, side: 'c', lines }),
    );
  }
  for (const [name, source] of Object.entries(scripts))
    await serveWith(site, { 'lesson.js': source, 'lesson.recorded.js': rewrite(source, parse) }, (address) =>
      use(address, { name, side: 'js', lines: ['before'] }),
    );
}

/** [name, milliseconds] for each: for whoever measures. */
export async function timesOfStops(browser, site) {
  const times = [];
  const tab = await open(browser);
  try {
    await eachEndless(site, async (address, { name }) =>
      times.push([name, await openEndless(tab, address, lessonsOf(site)[0])]),
    );
  } finally {
    await tab.close();
  }
  return times;
}

export function testStops(browser) {
  return testInTab(`stops in ${browser}`, browser, async (tab, site, _, check) => {
    const lesson = lessonsOf(site)[0];
    await eachEndless(site, (address, endless) => testStop(tab, address, lesson, endless, check));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { report } = await import('./site.mjs');
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  report(await testStops(browser), browser);
}
