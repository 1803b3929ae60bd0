// The page's model: a pure function of (moments, step), told from recordings of both sides.
import { expect, test } from '@jest/globals';
import { parse } from 'acorn';
import { trueAnswer } from '../../dist/page/lesson/answer.js';
import { tellC } from '../../dist/page/story/c-story.js';
import { tellJs } from '../../dist/page/story/js-story.js';
import { layOut } from '../../dist/page/timeline/lanes.js';
import { Replay } from '../../dist/page/story/replay.js';
import { merge } from '../../dist/page/story/moment.js';
import { rewrite } from '../../dist/page/run/rewrite-script.js';
import { VirtualClock } from '../../dist/page/run/virtual-clock.js';
import { recordInNode } from './honesty.mjs';

const PENDING = 0x7fffffff;
const event = (kind, fields = {}) => ({ seq: 0, kind, task: 1, a: 0, b: 0, c: 0, t: 0, ...fields });
// main makes `user` and never polls it, then sleeps 40 ms.
const cRun = {
  lost: 0,
  exitCode: 0,
  lines: [{ text: 'created', after: 4 }],
  events: [
    event('fut.create', { a: 1, c: 152, text: 'app' }),
    event('task.spawn', { text: 'app' }),
    event('wake'),
    event('poll.begin', { a: 1, b: 1 }),
    event('fut.create', { a: 2, c: 80, text: 'user' }),
    event('fut.create', { a: 3, c: 48, text: 'rouse_sleep' }),
    event('poll.begin', { a: 3, b: 1 }),
    event('timer.arm', { a: 40e6, c: 3 }),
    event('poll.end', { a: 3, b: 1, c: PENDING }),
    event('poll.end', { a: 1, b: 9, c: PENDING }),
    event('timer.fire', { a: 40e6, c: 3, t: 40 }),
    event('wake', { b: 2, t: 40 }),
    event('poll.begin', { a: 3, b: 1, t: 40 }),
    event('poll.end', { a: 3, t: 40 }),
    event('poll.begin', { a: 1, b: 9, t: 40 }),
    event('fut.drop', { a: 2, b: 1, t: 40 }),
    event('poll.end', { a: 1, t: 40 }),
    event('task.done', { t: 40 }),
  ],
};
const c = tellC('ROUSE_ASYNC(app)\n{\nROUSE_BEGIN;\nprintf("created\\n");\nROUSE_END;\n}', cRun);
const stateOf = (replay, what) => replay.at(replay.moments.findIndex(what) + 1);

test('a forged trace, in which futures are their own parents, is told to its end', () => {
  const events = [
    event('fut.create', { a: 1, text: 'x' }),
    event('poll.begin', { a: 1, b: 1 }),
    event('poll.begin', { a: 1, b: 1 }),
    event('poll.begin', { a: 2, b: 1 }),
    event('poll.begin', { a: 1, b: 1 }),
    event('timer.arm', { a: 1, c: 1 }),
  ];
  expect(tellC('', { ...cRun, lines: [], events }).length).toBeGreaterThan(4);
});

test('a future that nobody polls is a ghost, and is told apart from a dropped one', () => {
  const replay = new Replay(c);
  const made = stateOf(replay, ({ born }) => born?.name === 'user').c;
  expect(made.actors.map(({ name, state }) => [name, state])).toEqual([
    ['app', 'running'],
    ['user', 'made'],
  ]);
  const end = replay.at(c.length).c;
  expect(end.actors.map(({ state, runs }) => [state, runs])).toEqual([
    ['done', 2],
    ['unpolled', 0],
    ['done', 2],
  ]);
  expect(c.filter(({ warning }) => warning).map(({ text }) => text)).toEqual([
    '`user` is dropped. It was never polled, so nothing of it ever ran.',
  ]);
});

test('the same task is that of the spawned future around an actor', () => {
  const task = { isTask: true, born: { name: 't', kind: 'future' } };
  const [make, run, pause] = [{ what: 'make' }, { what: 'run' }, { what: 'pause' }];
  const moments = [
    { ...make, actor: 1, ...task },
    { ...run, actor: 1 },
    { ...make, actor: 2, ...task },
    { ...make, actor: 3, born: { name: 'child', kind: 'future' } },
    { ...pause, actor: 1 },
    { ...run, actor: 2 },
    { ...pause, actor: 2 },
    { side: 'js', ...run, actor: 1, born: { name: 'f', kind: 'call' } },
    { ...run, actor: 1 },
  ].map((moment) => ({ side: 'c', t: 0, text: '', ...moment }));
  const walk = (step, direction) => {
    const replay = new Replay(moments);
    const steps = [step];
    for (let at = step, next; (next = replay.sameTask(at, direction)) !== at; at = next) steps.push(next);
    return steps;
  };
  expect(walk(1, 1)).toEqual([1, 2, 4, 5, 9]);
  expect(walk(7, -1)).toEqual([7, 6, 3]);
  expect(walk(8, 1)).toEqual([8]);
  expect(walk(0, -1)).toEqual([0]);
});

test('who ran when the program stopped ran to its last step', () => {
  const moments = [
    { what: 'run', actor: 1, born: { name: 'app', kind: 'future' } },
    { what: 'print', printed: 'bug' },
    { what: 'note', warning: true },
    { side: 'js', what: 'note' },
  ].map((moment) => ({ side: 'c', t: 0, text: '', ...moment }));
  const [{ bars, to }] = layOut(moments).lanes;
  expect(bars).toEqual([{ from: 0, to: 2, end: 'pending' }]);
  expect(to).toBe(3);
});

test('a wake queues the task until the future deep in it is polled', () => {
  const replay = new Replay(c);
  const woken = c.findIndex(({ t, what }) => what === 'wake' && t === 40) + 1;
  expect(replay.at(woken).c.ready).toEqual([1]);
  expect(replay.at(woken + 1).c).toMatchObject({ ready: [], stack: [3] });
});

test('lanes: bars where a future ran, an arrow from the wake to the poll', () => {
  const { lanes, arrows } = layOut(c);
  expect(lanes.map(({ name, depth, bars }) => [name, depth, bars.length])).toEqual([
    ['app', 0, 2],
    ['user', 1, 0],
    ['rouse_sleep', 1, 2],
  ]);
  expect(arrows.map(({ toLane }) => toLane.name)).toEqual(['app', 'rouse_sleep']);
});

test('every step, forwards or back, gives the same state; also across keyframes', () => {
  const many = Array.from({ length: 40 }, () => c).flat();
  const replay = new Replay(many);
  expect(many.length).toBeGreaterThan(512);
  const forwards = many.map((_, step) => replay.at(step));
  for (let step = many.length - 1; step >= 0; step -= 7) expect(replay.at(step)).toEqual(forwards[step]);
  expect(replay.at(0).c.actors).toEqual([]);
});

const jsSource = `const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
async function work() { await sleep(20); console.log('worked'); return 1; }
async function app() { const p = work(); console.log('called'); await p; console.log('end'); }
await app();`;

test('JavaScript: a call runs at once, its awaits name what they wait for, microtasks are queued', async () => {
  const { events } = await recordInNode(rewrite(jsSource, parse));
  const js = tellJs(events);
  const replay = new Replay(js);
  expect(replay.at(js.length).js.actors.map(({ name, runs, state }) => [name, runs, state])).toEqual([
    ['module', 2, 'done'],
    ['app', 2, 'done'],
    ['work', 2, 'done'],
    ['timer, 20 ms', 0, 'done'],
  ]);
  const fired = stateOf(replay, ({ text }) => text.startsWith('A timer fires')).js;
  expect(fired.ready.map((id) => fired.actors.find((actor) => actor.id === id).name)).toEqual(['work']);
  expect(js.at(-1).text).toBe('The module has ended.');
});

test('the two sides are merged by time, and take turns within an instant', async () => {
  const { events } = await recordInNode(rewrite(jsSource, parse));
  const js = tellJs(events);
  const merged = merge(c, js);
  expect(merged.filter(({ side }) => side === 'c')).toEqual(c);
  expect(merged.filter(({ side }) => side === 'js')).toEqual(js);
  expect(merged.map(({ t }) => t)).toEqual(merged.map(({ t }) => t).sort((a, b) => a - b));
  expect(merged.slice(0, 4).map(({ side }) => side)).toEqual(['c', 'js', 'c', 'js']);
});

test('answers are read from the recording', () => {
  expect(trueAnswer({ pollsOf: 'user' }, c)).toBe('0 times');
  expect(trueAnswer({ pollsOf: 'app' }, c)).toBe('2 times');
  expect(trueAnswer({ prints: 'created', side: 'c' }, c)).toBe('yes');
  expect(trueAnswer({ endOf: 'c' }, c)).toBe('0 ms');
  expect(trueAnswer({ lineAfter: 'created' }, c)).toBe(undefined);
});

test('the virtual clock: equal times fire in order, each in a macrotask, and a cleared one never', async () => {
  const clock = new VirtualClock(setImmediate);
  const seen = [];
  clock.set(() => seen.push(`b${clock.now()}`), 10);
  clock.set(() => {
    seen.push(`a${clock.now()}`);
    void Promise.resolve().then(() => seen.push('micro'));
  }, 5);
  clock.set(() => seen.push('c'), 10);
  clock.clear(clock.set(() => seen.push('never'), 7));
  while (clock.waiting() > 0) await new Promise((done) => setImmediate(done));
  expect(seen).toEqual(['a5', 'micro', 'b10', 'c']);
});
