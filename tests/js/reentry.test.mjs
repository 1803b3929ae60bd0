// What JavaScript ends while C calls it: that takes effect once C has returned, and never traps.
import { describe, expect, test } from '@jest/globals';
import process from 'node:process';
import { app as loadApp, microtasks, onUnhandled, reasonOf, sleep } from './support/apps.mjs';
import { Wild, wildStep } from './support/wild.mjs';

const never = () => new Promise(() => {});
/** A parent that waits for its child; `inside` runs in the import that the child calls. */
async function parentAndChild(inside, options) {
  const { SPAWN, WAIT } = wildStep;
  const steps = [SPAWN, WAIT];
  const app = await loadApp('wild', {
    imports: { choose: (depth) => (depth === 1 ? steps.shift() : inside(app)) },
    stdout: () => {},
    stderr: () => {},
    ...options,
  });
  return app;
}
const nothing = { calls: 0, handles: 0, imports: 0, owned: 0 };

describe('a child of a scope calls JavaScript, which', () => {
  test('aborts the signal of the parent', async () => {
    const controller = new AbortController();
    const app = await parentAndChild(() => (controller.abort('enough'), never()));
    expect(await reasonOf(app.spawn(app.wild(1, 0), { signal: controller.signal }))).toBe('enough');
    expect(app.inUse).toMatchObject(nothing);
    expect(await app.echo(Uint8Array.of(1))).toBe(1);
  });

  test('aborts the task of the parent, and gives its result or throws all the same', async () => {
    for (const end of [() => wildStep.LEAVE, () => never(), () => Promise.reject(new Error('late'))]) {
      let task;
      const app = await parentAndChild(() => (task.abort('enough'), end()));
      task = app.spawn(app.wild(1, 0));
      expect(await reasonOf(task)).toBe('enough');
      await sleep(1);
      expect(app.inUse).toMatchObject(nothing);
    }
  });

  test('drops the app', async () => {
    const app = await parentAndChild((app) => (app.drop(), never()));
    expect(await reasonOf(app.wild(1, 0))).toMatchObject({ code: 'CANCELLED' });
    expect(await reasonOf(app.wild(1, 0))).toMatchObject({ code: 'CLOSED' });
  });
});

test('a sink that aborts, in the FINALLY of a child', async () => {
  let task;
  const app = await parentAndChild(() => wildStep.LEAVE, { stdout: () => task.abort('printed') });
  task = app.spawn(app.wild(1, 0));
  expect(await reasonOf(task)).toBe('printed');
  expect(app.inUse).toMatchObject(nothing);
});

test('a listener of one call aborts another, also its own', async () => {
  const tasks = [];
  const choose = (depth, { signal }) => {
    signal.addEventListener('abort', () => tasks.forEach((task) => task.abort('all')));
    return never();
  };
  const app = await loadApp('wild', { imports: { choose }, stdout: () => {} });
  for (let i = 0; i < 3; i++) tasks.push(app.spawn(app.wild(0, 0)));
  await microtasks();
  tasks[1].abort('first');
  expect(await Promise.all(tasks.map(reasonOf))).toEqual(['all', 'first', 'all']);
  expect(app.inUse).toMatchObject(nothing);
});

test('an import that aborts its own call, which then finishes: it is aborted all the same', async () => {
  let task;
  const app = await loadApp('wild', {
    imports: { choose: () => (task.abort('own'), wildStep.LEAVE) },
    stdout: () => {},
  });
  task = app.spawn(app.wild(0, 0));
  expect(await reasonOf(task)).toBe('own');
});

test('an import that aborts its own call is the last that it calls', async () => {
  let task;
  let called = 0;
  const app = await loadApp('wild', {
    imports: { choose: () => (called++, task.abort('own'), wildStep.CANCEL) },
    stdout: () => {},
  });
  task = app.spawn(app.wild(0, 0));
  expect(await reasonOf(task)).toBe('own');
  expect(called).toBe(1);
});

test('a getter of an argument aborts the call before it has begun', async () => {
  const app = await loadApp('wild', { imports: { choose: never } });
  const controller = new AbortController();
  class Bytes extends Uint8Array {
    get buffer() {
      controller.abort('read');
      return super.buffer;
    }
  }
  const task = app.spawn(app.echo(new Bytes(3)), { signal: controller.signal });
  expect(await reasonOf(task)).toBe('read');
  expect(app.inUse).toMatchObject(nothing);
});

test('`return()` of a stream in an import that the stream calls', async () => {
  let items;
  const app = await loadApp('wild', {
    imports: { choose: () => (items.return(), 1) },
    stdout: () => {},
  });
  items = app.pour(3)[Symbol.asyncIterator]();
  expect(await items.next()).toEqual({ done: true, value: undefined });
  expect(app.inUse).toMatchObject(nothing);
});

test(
  'random programs never trap, and leave nothing behind',
  async () => {
    const unhandled = [];
    const stop = onUnhandled((reason) => unhandled.push(reason));
    const count = Number(process.env.ROUSE_WILD ?? 100);
    const first = Number(process.env.ROUSE_SEED ?? Date.now() % 1e9);
    console.log(`random programs: ROUSE_WILD=${count} ROUSE_SEED=${first}`);
    const wild = new Wild();
    for (let seed = first; seed < first + count; seed++) await wild.run(seed);
    stop();
    expect(unhandled).toEqual([]);
  },
  2 ** 31 - 1,
);
