// What a traced module records of JavaScript, in one order with what it records of C.
import { expect, test } from '@jest/globals';
import { load } from '../../dist/index.js';
import { traceOf } from '../../dist/trace-tools.js';
import { microtasks, moduleOf, reasonOf } from './support/apps.mjs';

const unused = () => {
  throw new Error('not expected to be called');
};
const none = { measure: unused, getI32: unused, getValue: unused, getBytes: unused, beep: unused };
const app = async (fetchText, variant = 'traced') =>
  load(await moduleOf('imports', variant), { imports: { ...none, fetchText } });

test('both sides are in one order', async () => {
  const one = await app(async (url) => url);
  await one.download('a');
  const events = traceOf(one).events.filter(({ kind }) => /^js|^wake/.test(kind));
  expect(events.map(({ kind, text = '' }) => `${kind} ${text}`.trim())).toEqual([
    'wake',
    'js.promise download',
    'js.call.begin fetch_text',
    'js.call.end',
    'js.promise fetch_text',
    'js.resolve',
    'wake',
    'js.resolve',
  ]);
  const [, made, begin, , promise, settled, wake, ended] = events;
  expect([begin.a, promise.a, settled.a]).toEqual([begin.a, begin.a, begin.a]);
  expect(ended.a).toBe(made.a);
  expect(wake.b).toBe(4); // ROUSE_BY_PROMISE
  const polls = traceOf(one).events.filter(({ kind, a }) => kind === 'poll.begin' && a === begin.a);
  expect(polls[0].seq).toBe(begin.seq - 1); // called inside the poll of the import
});

test('a rejection is there', async () => {
  const fetchText = async () => Promise.reject(new Error('offline'));
  const one = await app(fetchText);
  await reasonOf(one.download('a'));
  expect(traceOf(one).events.filter(({ kind }) => kind === 'js.reject')).toHaveLength(2);
});

test('a dump says who waits for a promise', async () => {
  let resolve;
  const one = await app(() => new Promise((r) => (resolve = r)));
  const task = one.spawn(one.download('a'));
  await microtasks();
  expect(one.dump()).toMatch(/in fetch_text .*\n.*download.*\n[\s\S]*waits for a JavaScript promise/);
  resolve('b');
  expect(await task).toBe('b');
});

test('a plain module has none', async () => {
  expect(traceOf(await app(unused, 'plain'))).toBeUndefined();
});
