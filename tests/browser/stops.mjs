// Programs that would not end are stopped: what came before is kept, and the page can be used meanwhile.
//   node tests/browser/stops.mjs [BROWSER]
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileWasm } from '../../tools/web-clang.mjs';
import { browsers, open } from './open.mjs';
import { lessonsOf, openLesson, place, printed, ready, report, serveWith, testInTab } from './site.mjs';

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

/** From here on: what the page is like just after a program was given to its worker. Somebody may press a button by
    then: `meanwhile` has the state and whether the button did what it should. */
const watch = `(() => { globalThis.meanwhile = [];
  const scheme = () => document.documentElement.style.colorScheme;
  const use = () => { const before = scheme(); document.getElementById('theme').click();
    meanwhile.push([document.body.dataset.state, scheme() !== before]); };
  const send = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (message, ...rest) {
    if (message.source !== undefined || message.bytes) setTimeout(use);
    return send.call(this, message, ...rest);
  }; })()`;

/** Opens the lesson whose program does not end: how long until the page is done with it. */
async function openEndless(tab, address, [lesson, other]) {
  await openLesson(tab, address, other);
  await tab.evaluate(`(${watch}, void (location.hash = '#l=${lesson.number}'))`);
  await tab.waitFor(`document.getElementById('title').textContent === ${JSON.stringify(lesson.title)} && ${ready}`);
  const [began, ended] = await tab.evaluate(
    `['recording', 'ready'].map((name) => performance.getEntriesByName(name).at(-1).startTime)`,
  );
  return ended - began;
}

async function testStop(tab, address, lessons, { name, side, lines }, check) {
  await openEndless(tab, address, lessons);
  const both = Array(2).fill(['recording', true]);
  check(`${name}: the page can be used meanwhile`, await tab.evaluate('meanwhile'), both);
  const problem = await tab.evaluate(`document.getElementById('problem').textContent`);
  check(`${name}: is said`, /^(C|JavaScript): Stopped .*The steps before are kept\.$/.test(problem) || problem, true);
  check(`${name}: was stopped for what it did, not for how long`, /did not answer/.test(problem), false);
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
      times.push([name, await openEndless(tab, address, lessonsOf(site))]),
    );
  } finally {
    await tab.close();
  }
  return times;
}

export function testStops(browser) {
  return testInTab(`stops in ${browser}`, browser, async (tab, site, _, check) => {
    const lessons = lessonsOf(site);
    await eachEndless(site, (address, endless) => testStop(tab, address, lessons, endless, check));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  report(await testStops(browser), browser);
}
