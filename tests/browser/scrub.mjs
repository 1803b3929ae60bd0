// What a step costs, counted (in Chromium): a machine may be busy, but it does not count wrong. What is on the screen depends on
// the step alone, however it was reached; and the line that it is about is in sight.
//   node tests/browser/scrub.mjs [BROWSER]
import { fileURLToPath } from 'node:url';
import { browsers } from './open.mjs';
import { lessonsOf, openLesson, press, ready, report, testInTab } from './site.mjs';

const TABS = ['tab-now', 'tab-steps', 'tab-machine', 'tab-memory', 'tab-lints'];
// For one step with 20,000 events: what is drawn, what changes in the document, and how often.
const MOST_CALLS = 400;
const MOST_CHANGES = 650;
const MOST_ELEMENTS = 1600;
const MOST_LAYOUTS = 3;

/** A trace of many tasks that sleep, wake one another and print, with as many events as are wanted. */
export function busyTrace(count, tasks = 60) {
  const events = [];
  let seq = 0;
  const add = (ph, cat, name, task, args, more) => {
    const event = {
      ph,
      cat,
      name,
      pid: 1,
      tid: 100 + task,
      ts: seq,
      args: { seq, t: Math.floor(seq / 50), task, ...args },
      ...more,
    };
    seq++;
    events.push(event);
    return event;
  };
  const poll = (task, fut, type, body) => {
    const slice = add('X', 'poll', type, task, { fut, from: 1, type });
    body();
    Object.assign(slice.args, { end: seq++, to: 12, status: 0x7fffffff });
  };
  for (let task = 1; task <= tasks; task++) {
    add('i', 'fut', 'create', 0, { fut: task, type: `worker_${task}`, size: 96 });
    add('i', 'task', 'spawn', task, { type: `worker_${task}`, size: 96, parent: 0 });
  }
  for (let round = 0; seq < count; round++) {
    const task = 1 + ((round * 7) % tasks);
    const child = tasks + 1 + round;
    add('s', 'wake', 'wake', task, { by_task: 1 + (round % tasks), by: 1 }, { id: seq });
    poll(task, task, `worker_${task}`, () => {
      add('i', 'fut', 'create', task, { fut: child, type: 'rouse_sleep', size: 56 });
      poll(task, child, 'rouse_sleep', () => add('i', 'timer', 'arm', task, { deadline: seq * 1e6, fut: child }));
      add('i', 'log', 'log', task, { text: `worker ${task} goes to sleep in round ${round}` });
      if (round % 3) add('i', 'fut', 'drop', task, { fut: child, unpolled: 0 });
    });
  }
  return JSON.stringify({
    traceEvents: events,
    otherData: { format: 'rouse-trace/1', base: 'logical', lib: '0.1.0', lost: 0 },
  });
}

/** Shows such a trace, as if its file were dropped on the page. */
export async function showBusy(tab, count) {
  await tab.evaluate(`(() => { const data = new DataTransfer();
    data.items.add(new File([(${busyTrace.toString()})(${count})], 'busy.json'));
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true })); })()`);
  await tab.waitFor(`document.getElementById('title').textContent === 'busy.json' && ${ready}`);
}

/** Counts what is drawn and changed from here on. */
const count = `(() => { globalThis.counted = { calls: 0, pictures: 0, changes: 0 };
  const pen = CanvasRenderingContext2D.prototype;
  for (const name of ['stroke', 'fill', 'fillRect', 'fillText', 'clearRect']) {
    const draw = pen[name];
    pen[name] = function (...args) { counted.calls++; if (name === 'clearRect') counted.pictures++; return draw.apply(this, args); };
  }
  new MutationObserver((list) => (counted.changes += list.length)).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  globalThis.slideTo = (step) => { const slider = document.getElementById('scrub'); slider.value = step; slider.dispatchEvent(new Event('input')); };
  globalThis.frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done))); })()`;

/** The most that any of many steps, far from one another, has cost. */
const STEPS = 60;
const costOfSteps = `(async () => { const most = { calls: 0, pictures: 0, changes: 0, elements: 0 };
  for (let i = 1; i <= ${STEPS}; i++) {
    await frame();
    const before = { ...counted };
    slideTo((i * 7919) % 20000);
    await frame();
    for (const name in before) most[name] = Math.max(most[name], counted[name] - before[name]);
    most.elements = Math.max(most.elements, document.querySelectorAll('*').length);
  }
  return most; })()`;

/** How often Chromium has laid out the page. */
async function layoutsOf(tab) {
  const client = await tab.page.createCDPSession();
  await client.send('Performance.enable');
  return async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'LayoutCount').value;
  };
}

async function testCosts(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  await showBusy(tab, 20_000);
  await tab.evaluate(count);
  const layouts = await layoutsOf(tab);
  for (const id of TABS) {
    await press(tab, id);
    const before = await layouts();
    const { calls, pictures, changes, elements } = await tab.evaluate(costOfSteps);
    const laidOut = ((await layouts()) - before) / STEPS;
    check(`${id}: layouts for a step: ${laidOut.toFixed(1)}, at most ${MOST_LAYOUTS}`, laidOut <= MOST_LAYOUTS, true);
    const most = (what, value, bound) => check(`${id}: ${what}: ${value}, at most ${bound}`, value <= bound, true);
    most('things drawn for a step', calls, MOST_CALLS);
    most('changes for a step', changes, MOST_CHANGES);
    most('elements', elements, MOST_ELEMENTS);
    check(`${id}: pictures drawn for a step`, pictures, 1);
  }
  const pictures = await tab.evaluate(`(async () => { await frame(); const { pictures } = counted;
    for (let step = 1; step <= 50; step++) slideTo(step);
    await frame(); await frame();
    return counted.pictures - pictures; })()`);
  check('of fifty steps in a frame the first and the last are drawn', pictures, 2);
  check(
    'and the last is shown',
    await tab.evaluate(`document.getElementById('place').textContent.split(' ')[0]`),
    '50',
  );
}

/** All that a step shows; the picture as its pixels. */
const screen = `(() => { const list = ['c-code', 'js-code', 'c-out', 'js-out', 'sentence', 'now', 'steps', 'memory', 'machine', 'lints'];
  const told = list.flatMap((id) => [...document.getElementById(id).querySelectorAll('*')].map((e) => [id, e.getAttribute('class') ?? '', e.getAttribute('aria-selected'), e.textContent].join('|')));
  const names = [...document.querySelectorAll('.lane-label')].map((e) => e.className + '|' + e.textContent);
  return JSON.stringify([told, names, document.getElementById('place').textContent, document.querySelector('canvas').toDataURL()]); })()`;

async function testSameStep(tab, address, lesson, check) {
  const slide = (step) =>
    tab.evaluate(`(async () => { const slider = document.getElementById('scrub'); slider.value = ${step}; slider.dispatchEvent(new Event('input'));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20))); })()`);
  for (const [step, id] of [
    [9, 'tab-now'],
    [17, 'tab-steps'],
    [23, 'tab-machine'],
    [31, 'tab-memory'],
    [1000, 'tab-lints'],
  ]) {
    await openLesson(tab, address, lesson, `&s=${step}`);
    await press(tab, id);
    const fresh = await tab.evaluate(screen);
    for (const other of [0, 30, 3, 1000, 12]) await slide(other);
    await slide(step);
    check(`step ${step} with ${id}: the same by a link and by many steps`, await tab.evaluate(screen), fresh);
  }
}

/** Lit lines that are not in sight, of both sources. */
const hiddenLines = `['c-code', 'js-code'].flatMap((id) => { const code = document.getElementById(id);
  const line = code.querySelector('.lit');
  const top = line ? line.offsetTop - code.scrollTop : 0;
  return code.clientHeight > 0 && line && (top < 0 || top + line.offsetHeight > code.clientHeight) ? [id + ' ' + line.textContent] : []; })`;

async function testLines(tab, address, lessons, check) {
  for (const [width, height] of [
    [1440, 900],
    [1440, 720],
    [1000, 700],
  ]) {
    await tab.resize(width, height);
    for (const lesson of lessons)
      for (const step of [8, 30, 1000]) {
        await openLesson(tab, address, lesson, `&s=${step}`);
        await tab.evaluate(`new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))`); // until it is painted
        check(
          `${width} x ${height}, lesson ${lesson.number}, step ${step}: the lit lines are in sight`,
          await tab.evaluate(hiddenLines),
          [],
        );
      }
  }
  await tab.resize(1440, 900);
}

/** The step of a lesson is written into the address some time after; by then somebody may have left it. */
async function testLeaving(tab, address, [first, second], check) {
  await openLesson(tab, address, first);
  await tab.evaluate(
    `(() => { location.hash = '#l=${second.number}'; history.replaceState(null, '', '#l=${first.number}&s=4'); })()`,
  );
  const title = `document.getElementById('title').textContent`;
  await tab.waitFor(`${title} !== ${JSON.stringify(first.title)} && ${ready}`);
  check('a link leads where it said', await tab.evaluate(title), second.title);
}

export function testScrub(browser) {
  return testInTab(`scrub in ${browser}`, browser, async (tab, site, address, check) => {
    const lessons = lessonsOf(site);
    await testLeaving(tab, address, lessons, check);
    await testSameStep(tab, address, lessons[1], check);
    await testLines(tab, address, [lessons[3], lessons[5], lessons[11]], check);
    if (browser === 'chromium') await testCosts(tab, address, lessons[0], check); // the same code anywhere
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  report(await testScrub(browser), browser);
}
