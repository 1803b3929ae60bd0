// Programs that would not end are stopped: what came before is kept, and the page can be used meanwhile.
//   node tests/browser/stops.mjs [BROWSER]
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileWasm } from '../../tools/web-clang.mjs';
import { browsers } from './open.mjs';
import { openLesson, place, printed, serveWith, lessonsOf, testInTab } from './site.mjs';

const LONGEST_MS = 5 * 500; // five times the bar: a busy machine is no defect

const scripts = {
  'a loop in JavaScript': `console.log('before'); for (;;);`,
  'a loop that catches everything': `console.log('before'); for (;;) try { for (;;) {} } catch {}`,
  'microtasks that queue microtasks': `console.log('before'); const again = () => queueMicrotask(again); again();`,
  'async functions that await': `console.log('before'); async function again() { await null; return again(); } await again();`,
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

async function testStop(tab, address, lesson, name, side, lines, check) {
  await tab.goto('about:blank');
  await tab.goto(`${address}#l=${lesson.number}`);
  await tab.evaluate(watch);
  await tab.waitFor(`document.body.dataset.state === 'ready'`);
  const [began, ended] = await tab.evaluate(`['recording', 'ready'].map((name) => performance.getEntriesByName(name)[0].startTime)`);
  check(`${name}: stopped in time`, ended - began < LONGEST_MS || ended - began, true);
  check(`${name}: the page draws meanwhile`, (await tab.evaluate('longest')) < LONGEST_MS, true);
  const problem = await tab.evaluate(`document.getElementById('problem').textContent`);
  check(`${name}: is said`, /^(C|JavaScript): Stopped .*What came before is kept\.$/.test(problem) || problem, true);
  await tab.evaluate(`document.getElementById('last').click()`);
  check(`${name}: what came before is kept`, await tab.evaluate(printed(side)), lines);
  const [at, of] = (await tab.evaluate(place)).split('/').map(Number);
  check(`${name}: to its last step`, at === of && of > 3, true);
}

export function testStops(browser) {
  return testInTab(`stops in ${browser}`, browser, async (tab, site, _, check) => {
    const { addFuel } = await import('../../dist/page/wasm-fuel.js');
    const { rewrite } = await import('../../dist/page/rewrite.js');
    const { parse } = await import('acorn'); // not before the packages are installed
    const lesson = lessonsOf(site)[0];
    const modules = await compileWasm(Object.values(programs).map(({ source }) => source), () => {});
    for (const [name, { source, lines }] of Object.entries(programs)) {
      const wasm = addFuel(readFileSync(modules.get(source).wasm), 5_000_000);
      await serveWith(site, { 'lesson.wasm': wasm, 'lesson.c': readFileSync(source) }, (address) =>
        testStop(tab, address, lesson, name, 'c', lines, check));
    }
    for (const [name, source] of Object.entries(scripts))
      await serveWith(site, { 'lesson.js': source, 'lesson.recorded.js': rewrite(source, parse) }, (address) =>
        testStop(tab, address, lesson, name, 'js', ['before'], check));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { report } = await import('./site.mjs');
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  report(await testStops(browser), browser);
}
