// What the page promises and a program can count: sizes, the same trace each time, everything by keys. In
// Chromium; how long it takes is measured by times.mjs.
//   node tests/browser/goals.mjs
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { lessonsOf, openLesson, place, press, printed, ready, report, testInTab } from './site.mjs';

const KB = 1000;
const MOST_SHIFTS = 0.02; // what `npm run bench:page` wants of them
const focused = `document.activeElement.id || document.activeElement.name || document.activeElement.textContent`;
const told = `JSON.stringify([...document.querySelectorAll('#steps .step')].map((e) => e.textContent))`;

function testSizes(site, lessons, check) {
  const size = (path) => gzipSync(readFileSync(`${site}/${path}`), { level: 9 }).length;
  const sum = (paths) => paths.reduce((total, path) => total + size(path), 0);
  const filesOf = (folder) =>
    ['lesson.c', 'lesson.js', 'lesson.recorded.js', 'lesson.wasm', 'lesson.frames.json'].map(
      (name) => `${folder}/${name}`,
    );
  const page = [
    'index.html',
    'style.css',
    'narrow.css',
    'icon.svg',
    'page/main.js',
    'page/c-worker.js',
    'page/js-worker.js',
    'lessons/index.json',
  ];
  const atMost = (name, bytes, most) => check(`${name}: ${bytes} bytes gzipped, at most ${most}`, bytes <= most, true);
  atMost('what the first lesson needs', sum([...page, ...filesOf(lessons[0].folder)]), 120 * KB);
  const chunk = (name) =>
    `page/${readdirSync(`${site}/page`).find((file) => file.startsWith(`${name}-`) && file !== `${name}-worker.js`)}`;
  atMost('the editor', size(chunk('editor')), 170 * KB);
  atMost('the parser', size(chunk('prepare')), 45 * KB);
  for (const { title, folder } of lessons) atMost(title, sum(filesOf(folder)), 30 * KB);
}

async function testSame(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  const first = await tab.evaluate(told);
  let same = 0;
  for (let i = 0; i < 20; i++) {
    await tab.evaluate(`void dispatchEvent(new Event('hashchange'))`);
    await tab.waitFor(ready);
    if ((await tab.evaluate(told)) === first) same++;
  }
  check(`${lesson.title}: 20 runs, all the same`, same, 20);
}

/** From the address bar through everything that can have the focus, and out again. */
async function testTab(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  const seen = [];
  for (let i = 0; i < 80; i++) {
    await tab.press('Tab');
    const now = await tab.evaluate(focused);
    if (seen.includes(now) && now === seen[0]) break;
    seen.push(now);
  }
  const wanted = [
    'share',
    'theme',
    'answer',
    'Break it await it after all',
    'c-code',
    'js-edit',
    'js-code',
    'play',
    'forward',
    'scrub',
    'axis',
    'speed',
    'timeline',
    'tab-now',
    'now',
  ];
  check(
    'Tab reaches everything',
    wanted.filter((name) => !seen.includes(name)),
    [],
  );
  check('and comes around', seen.length < 80, true);
}

/** A lesson from its question to its insight, without a mouse. */
async function testKeyboard(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  for (let i = 0; i < 40 && (await tab.evaluate(focused)) !== 'answer'; i++) await tab.press('Tab');
  await tab.press('ArrowDown');
  check(
    'arrows choose an answer',
    Boolean(await tab.evaluate(`document.getElementById('result').dataset.verdict`)),
    true,
  );
  for (let i = 0; i < 40 && (await tab.evaluate(focused)) !== 'Break it await it after all'; i++)
    await tab.press('Tab');
  await tab.press('Home');
  await tab.press('ArrowRight');
  check('arrows step', (await tab.evaluate(place)).split('/')[0], '1');
  await tab.press('End');
  check('End shows all', await tab.evaluate(printed('c')), lesson.expect.c);
  check('and the insight', await tab.evaluate(`document.getElementById('insight').hidden`), false);
  await press(tab, 'tab-now');
  await tab.evaluate(`document.getElementById('tab-now').focus()`);
  const opened = [];
  for (let i = 0; i < 5; i++) {
    await tab.press('ArrowRight');
    opened.push(await tab.evaluate(`document.querySelector('.tab-panel:not([hidden])').id`));
  }
  check('arrows change the tab', opened, ['events', 'machine', 'memory', 'lints', 'now']);
}

/** What has been read stays where it is while the rest of the page comes. */
async function testShifts(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  const shifts = await tab.evaluate(`new Promise((done) => { let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value))).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(sum), 500); })`);
  check(`shifts of the layout: ${shifts.toFixed(3)}, at most ${MOST_SHIFTS}`, shifts <= MOST_SHIFTS, true);
}

/** Each panel says what is true of a lesson that is known. */
async function testPanels(tab, address, lesson, check) {
  const text = (id) => tab.evaluate(`document.getElementById('${id}').textContent`);
  await openLesson(tab, address, lesson);
  await press(tab, 'last');
  await press(tab, 'tab-lints');
  check('the lint', /never-polled/.test(await text('lints')), true);
  await press(tab, 'tab-machine');
  await tab.evaluate(
    `(document.getElementById('future').value = '1', document.getElementById('future').dispatchEvent(new Event('change')))`,
  );
  check(
    'a state per await is lit at the end',
    await tab.evaluate(`[...document.querySelectorAll('.state')].map((e) => e.getAttribute('class'))`),
    ['state seen', 'state seen', 'state now'],
  );
  await press(tab, 'tab-memory');
  check(
    'a frame field by field',
    (await tab.evaluate(`[...document.querySelectorAll('.field b')].map((e) => e.textContent)`)).slice(0, 3),
    ['future', 'type', 'awaiting'],
  );
  await press(tab, 'first');
  const most = await tab.evaluate(`(() => { let most = 0; const forward = document.getElementById('forward');
    while (!forward.disabled) {
      forward.click();
      most = Math.max(most, document.querySelectorAll('.pointers .way').length);
    }
    return most; })()`);
  check('its pointers are arrows', most > 0, true);
}

export function testGoals() {
  return testInTab('goals', 'chromium', async (tab, site, address, check) => {
    const lessons = lessonsOf(site);
    testSizes(site, lessons, check);
    await testTab(tab, address, lessons[0], check);
    await testKeyboard(tab, address, lessons[0], check);
    await testPanels(tab, address, lessons[0], check);
    await testShifts(tab, address, lessons[5], check);
    for (const lesson of [lessons[0], lessons[5]]) await testSame(tab, address, lesson, check);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) report(await testGoals(), 'chromium');
