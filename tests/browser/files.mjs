// Traces from files, long ones, and the page without a net. In Chromium.
//   node tests/browser/files.mjs
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serve } from '../../tools/web-serve.mjs';
import { borrow } from './open.mjs';
import { busyTrace } from './scrub.mjs';
import { asWanted, lessonsOf, openLesson, place, press, printed, problem, report, testInTab } from './site.mjs';

const good = readFileSync(new URL('../js/traces/good.json', import.meta.url), 'utf8');
const title = `document.getElementById('title').textContent`;
const prose = `document.getElementById('prose').textContent`;

/** As if a file were dropped on the page. */
export const drop = (tab, name, text) =>
  tab.evaluate(`(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true })); })()`);

async function testTraces(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  await drop(tab, 'good.json', good);
  await tab.waitFor(`${title} === 'good.json'`);
  check(
    'a dropped trace is shown',
    await tab.evaluate(`[...document.querySelectorAll('.lane-name')].map((e) => e.textContent).slice(0, 3)`),
    ['main', 'app', 'child'],
  );
  await tab.evaluate(`document.querySelector('#trace-file').remove()`);
  await drop(tab, 'bad.json', '{"traceEvents": [');
  await tab.waitFor(`${problem} !== ''`);
  check(
    'what is no trace is refused',
    /Cannot show bad.json: the trace is cut off/.test(await tab.evaluate(problem)),
    true,
  );
  check('and leaves what was there', await tab.evaluate(title), 'good.json');
}

/** Saved, and opened again. */
async function testSave(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  await tab.evaluate(
    `(() => { globalThis.saved = new Promise((done) => { URL.createObjectURL = (blob) => (blob.text().then(done), '#l=2'); }); })()`,
  );
  await press(tab, 'trace-save');
  const text = await tab.evaluate('saved');
  const { checkTrace } = await import('../../dist/trace/trace-check.js');
  check('a saved run is a trace', checkTrace(JSON.parse(text)), []);
  const [, count] = (await tab.evaluate(place)).split('/');
  await drop(tab, 'again.json', text);
  await tab.waitFor(`${title} === 'again.json'`);
  check(
    'which can be opened again, less what C printed',
    Number((await tab.evaluate(place)).split('/')[1]),
    Number(count) - lesson.expect.c.length,
  );
}

async function testLong(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  const megabytes = await tab.evaluate(`(globalThis.text = (${busyTrace.toString()})(420_000)).length / 1e6`);
  check('the long trace has 50 MB', megabytes > 50, true);
  await tab.evaluate(`(() => { globalThis.longest = 0; globalThis.dropped = performance.now();
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (longest = Math.max(longest, duration)))).observe({ type: 'longtask' });
    const data = new DataTransfer(); data.items.add(new File([text], 'long.json'));
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true })); })()`);
  await tab.waitFor(`${title} === 'long.json'`);
  check(
    'its beginning is shown, and the rest is counted',
    /The trace has 420,0\d\d events. You see the first 20,000/.test(await tab.evaluate(prose)),
    true,
  );
  check('20,000 steps', Number((await tab.evaluate(place)).split('/')[1]) >= 20_000, true);
  await tab.evaluate(`new Promise((done) => setTimeout(done, 200))`); // long tasks are told of some time after
  const part = await tab.evaluate(`longest / (performance.getEntriesByName('ready').at(-1).startTime - dropped)`);
  check('no task of the page takes half of that time', part < 0.5 || part, true);
}

async function testOffline(site, lessons, check) {
  const { server, address } = await serve(site, { port: 8190 });
  const tab = await borrow('chromium');
  try {
    await openLesson(tab, address, lessons[0]);
    await tab.waitFor(`navigator.serviceWorker.ready.then(() => caches.keys()).then((keys) => keys.length === 1)`);
    await tab.waitFor(`Boolean(navigator.serviceWorker.controller)`);
    server.close();
    server.closeAllConnections();
    for (const lesson of lessons) {
      await openLesson(tab, address, lesson);
      await press(tab, 'last');
      const lines = await tab.evaluate(printed('c'));
      check(`without a net: ${lesson.title}`, asWanted(lines, lesson.expect.c), lesson.expect.c);
      check(`without a net: ${lesson.title}, no problem`, await tab.evaluate(problem), '');
    }
    await press(tab, 'js-edit');
    await tab.waitFor(`Boolean(document.getElementById('js-editor').shadowRoot?.querySelector('.cm-content'))`);
  } finally {
    await tab.close();
    server.close();
  }
}

async function testTheme(tab, address, lesson, check) {
  const scheme = 'document.documentElement.style.colorScheme';
  await openLesson(tab, address, lesson);
  await press(tab, 'theme');
  check('the other theme', await tab.evaluate(scheme), 'dark');
  await openLesson(tab, address, lesson);
  check('is remembered', await tab.evaluate(scheme), 'dark');
}

export function testFiles() {
  return testInTab('files', 'chromium', async (tab, site, address, check) => {
    const lessons = lessonsOf(site);
    await testTraces(tab, address, lessons[0], check);
    await testSave(tab, address, lessons[1], check);
    await testLong(tab, address, lessons[0], check);
    await testTheme(tab, address, lessons[0], check);
    await testOffline(site, lessons, check);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) report(await testFiles(), 'chromium');
