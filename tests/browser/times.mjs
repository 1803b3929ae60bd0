// How long the page takes, in Chromium: the times of the goals, each measured several times. No test: other machines are
// slower and busier. `npm run bench:page` prints the figures (tools/bench-site.mjs).
import { open } from './open.mjs';
import { showBusy } from './scrub.mjs';
import { lessonsOf, openLesson, press, ready, serveWith } from './site.mjs';

const FRAME_MS = 16.7;
const percentile = (times, part) =>
  [...times].sort((a, b) => a - b)[Math.min(Math.floor(times.length * part), times.length - 1)];

/** From the navigation to a lesson that can be stepped; with a page load of its own each time. */
async function firstUse(tab, address) {
  await tab.goto('about:blank');
  await tab.goto(`${address}#l=1`);
  await tab.waitFor(ready);
  return tab.evaluate(`performance.getEntriesByName('ready')[0].startTime`);
}

const observe = `(() => { globalThis.seen = { lcp: 0, cls: 0, inp: 0 };
  const watch = (type, see, more) => new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true, ...more });
  watch('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime));
  watch('layout-shift', (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value));
  watch('event', (entry) => (seen.inp = Math.max(seen.inp, entry.duration)), { durationThreshold: 16 }); })()`;

/** Paints, shifts, and how long a key that steps takes until it is painted. */
async function vitals(tab, address) {
  await tab.goto('about:blank');
  await tab.goto(`${address}#l=6`);
  await tab.waitFor(ready);
  await tab.evaluate(observe);
  for (let i = 0; i < 30; i++) await tab.press('ArrowRight');
  await tab.evaluate(`new Promise((done) => setTimeout(done, 500))`);
  return tab.evaluate('seen');
}

/** Shows a trace: how long that takes, and its longest task, for which the page stands still. */
async function load(tab, address, lesson, count) {
  await openLesson(tab, address, lesson);
  await tab.evaluate(`(() => { globalThis.tasks = [0]; globalThis.dropped = 0;
    new PerformanceObserver((list) => tasks.push(...list.getEntries().filter(({ startTime }) => startTime >= dropped).map(({ duration }) => duration))).observe({ type: 'longtask' });
    addEventListener('drop', () => (dropped = performance.now()), { capture: true }); })()`);
  await showBusy(tab, count);
  await tab.evaluate(`new Promise((done) => setTimeout(done, 200))`); // they are told of some time after
  return tab.evaluate(
    `({ shown: performance.getEntriesByName('ready').at(-1).startTime - dropped, longest: Math.max(...tasks) })`,
  );
}

/** Any step of a long trace: until it is drawn, until it is painted; and from frame to frame. */
async function scrub(tab) {
  const { frames, steps, paints } = await tab.evaluate(`new Promise((done) => {
    const slider = document.getElementById('scrub'), steps = [], frames = [], paints = [];
    const { port1, port2 } = new MessageChannel(); // its messages come after the frame
    let last, start, i = 0;
    port1.onmessage = () => paints.push(performance.now() - start);
    const next = (now) => {
      if (last !== undefined) frames.push(now - last);
      last = now;
      if (++i > 200) return done({ frames, steps, paints });
      start = performance.now();
      slider.value = String((i * 7919) % Number(slider.max));
      slider.dispatchEvent(new Event('input'));
      steps.push(performance.now() - start);
      port2.postMessage(0);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next); })`);
  // The clock of the frames trembles by a tenth or two; one that was missed takes twice as long.
  const frame = percentile(frames, 0.95);
  return {
    frame: frame < FRAME_MS + 0.3 ? Math.min(frame, FRAME_MS) : frame,
    step: percentile(steps, 0.95),
    paint: percentile(paints, 0.95),
  };
}

async function stop(tab, site, lesson) {
  const { rewrite } = await import('../../dist/page/run/rewrite-script.js');
  const { parse } = await import('acorn'); // not before the packages are installed
  let time;
  await serveWith(site, { 'lesson.recorded.js': rewrite('for (;;);', parse) }, async (address) => {
    await openLesson(tab, address, lesson);
    await press(tab, 'js-edit');
    await tab.waitFor(`!document.getElementById('js-editor').hidden`);
    const start = await tab.evaluate('performance.now()');
    await press(tab, 'js-run');
    await tab.waitFor(ready);
    time = (await tab.evaluate(`performance.getEntriesByName('ready').at(-1).startTime`)) - start;
  });
  return time;
}

/** All figures: [name, value, goal, unit]. */
export async function measure(site, address) {
  const lesson = lessonsOf(site)[0];
  const tab = await open('chromium');
  try {
    await tab.resize(1440, 900);
    const first = [];
    for (let i = 0; i < 5; i++) first.push(await firstUse(tab, address));
    const { lcp, cls, inp } = await vitals(tab, address);
    const long = await load(tab, address, lesson, 20_000);
    const { frame, step, paint } = await scrub(tab);
    const many = await load(tab, address, lesson, 200_000);
    const big = await load(tab, address, lesson, 420_000);
    const stopped = await stop(tab, site, lesson);
    const slow = await openSlow(address);
    return [
      ['first interactive, cold', percentile(first, 0.5), 1000, 'ms'],
      ['first interactive, 1.6 Mbit/s and 150 ms', slow, 2500, 'ms'],
      ['largest contentful paint', lcp, 1500, 'ms'],
      ['cumulative layout shift', cls, 0.02, ''],
      ['a key that steps, to the paint', inp, 100, 'ms'],
      ['20,000 events: shown', long.shown, 2000, 'ms'],
      ['20,000 events: a frame of scrubbing, p95', frame, FRAME_MS, 'ms'],
      ['20,000 events: any step, drawn, p95', step, 4, 'ms'],
      ['20,000 events: any step, painted, p95', paint, 16, 'ms'],
      ['200,000 events: the first of them shown', many.shown, 2000, 'ms'],
      ['a file of 50 MB: its first events shown', big.shown, 5000, 'ms'],
      ['a file of 50 MB: the longest task', big.longest, 500, 'ms'],
      ['an endless loop: stopped', stopped, 500, 'ms'],
    ];
  } finally {
    await tab.close();
  }
}

/** The first visit over a slow net, in a browser that has seen nothing. */
async function openSlow(address) {
  const tab = await open('chromium');
  try {
    const client = await tab.page.createCDPSession();
    const throughput = 1.6e6 / 8;
    await client.send('Network.enable');
    await client.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
    return await firstUse(tab, address);
  } finally {
    await tab.close();
  }
}
