// Pitfalls that others have met, by their numbers in the project's list; those that belong to a part are
// tested with it, named the same way.
import { describe, expect, jest, test } from '@jest/globals';
import { future, join, mutex, ready, semaphore, sleep, spawn, yieldNow } from '../../dist/index.js';
import { defaultPlatform, Scheduler } from '../../dist/base/schedule.js';
import { app as loadApp, asyncDispose, dispose, reasonOf, sleep as after, until } from './support/apps.mjs';
import { counting } from './support/platform.mjs';

const none = () => {};
const imports = {
  fetchText: none,
  measure: none,
  getI32: none,
  getValue: none,
  getBytes: none,
  beep: none,
};

test('an export is called while another waits: each has its own frame (pitfall 9)', async () => {
  const app = await loadApp('imports', {
    imports: { ...imports, fetchText: async (url) => (url === 'outer' ? app.download('inner') : url) },
  });
  expect(await join(app.download('outer'), app.download('other'))).toEqual(['inner', 'other']);
});

test('the signal lives until the body that it belongs to is read (pitfall 14)', async () => {
  let cancelled;
  const body = (signal) =>
    new ReadableStream({
      pull: () => new Promise(none),
      start: (controller) => signal.addEventListener('abort', () => controller.error(signal.reason)),
      cancel: () => (cancelled = true),
    });
  let reading;
  const app = await loadApp('imports', {
    imports: {
      ...imports,
      async fetchText(_, { signal }) {
        reading = body(signal).getReader().read();
        return reading;
      },
    },
  });
  const task = app.spawn(app.download(''));
  await after(2);
  task.abort();
  await reasonOf(task);
  await expect(reading).rejects.toBeDefined();
  expect(cancelled).toBeUndefined();
});

test('what is spawned runs in the next turn, in order (pitfall 15)', async () => {
  await ready();
  const order = [];
  const child = future(function* (name) {
    order.push(name);
    if (name === 'a') spawn(child('a.a'));
    yield* yieldNow();
    order.push(`${name}'`);
  });
  spawn(child('a'));
  spawn(child('b'));
  order.push('spawned');
  await after(5);
  expect(order).toEqual(['spawned', 'a', 'b', 'a.a', "a'", "b'", "a.a'"]);
});

test('timers that come late come together (pitfall 18)', () => {
  const world = { time: 0, timers: [], ticks: 0 };
  const scheduler = new Scheduler(
    () => world.ticks++,
    {
      now: () => world.time,
      setTimeout: (run, ms) => world.timers.push({ run, ms }),
      clearTimeout: none,
    },
    5,
  );
  scheduler.start();
  for (let ms = 10; ms <= 100; ms += 10) scheduler.wakeAt(ms);
  world.time = 60_000; // the tab was in the background
  for (const { run } of world.timers.splice(0)) run();
  expect(world.ticks).toBe(1);
  scheduler.stop();
});

test('what JavaScript throws never goes through C: its stack is whole (pitfall 37)', async () => {
  const app = await loadApp('imports', {
    imports: {
      ...imports,
      getI32() {
        throw new Error('thrown in the middle of a poll');
      },
    },
  });
  for (let i = 0; i < 5000; i++) await reasonOf(app.sum(1)); // would run out of C stack
  expect(await app.sum(0)).toBe(0);
});

describe('what is dropped', () => {
  test('takes its timer with it (pitfall 23)', async () => {
    const { platform, count } = counting();
    const app = await loadApp('bridge', { platform });
    const tasks = Array.from({ length: 100 }, () => app.spawn(app.nap(3600_000)));
    await until(() => count.alive > 0);
    expect(count.alive).toBe(1);
    for (const task of tasks) task.abort();
    await Promise.allSettled(tasks);
    await until(() => count.alive === 0); // in the next turn
    expect(count.alive).toBe(0);
  });

  test('is disposed of in sync code; a finalizer is only the last resort (pitfall 54)', async () => {
    await ready();
    const lock = mutex();
    {
      const guard = lock.tryLock();
      guard[dispose]();
    }
    expect(lock.tryLock()).toBeDefined();
    const permits = semaphore(1);
    (await permits.acquire()).release();
    expect(permits.tryAcquire()).toBeDefined();
    const task = spawn(sleep(3600_000));
    await task[asyncDispose]();
    expect(task.finished).toBe(true);
  });
});

test('a runtime that is older than 2^36 ms still schedules (pitfall 20)', async () => {
  let age = 0;
  const now = () => performance.now() + age;
  const app = await loadApp('bridge', { platform: { ...defaultPlatform(), now } });
  const across = app.spawn(app.nap(20));
  await after(1);
  for (age of [2 ** 36, 2 ** 36 + 2 ** 32, 2 ** 43]) {
    const start = now();
    await app.nap(3);
    expect(now() - start).toBeGreaterThanOrEqual(3);
  }
  await across;
});

describe('the globals', () => {
  const names = () => Reflect.ownKeys(globalThis).map(String).sort();

  test('are as they were: no handler, no name (pitfall 39)', async () => {
    const add = typeof addEventListener === 'function' && jest.spyOn(globalThis, 'addEventListener');
    const before = names();
    const app = await loadApp('bridge');
    await join(app.nap(1), sleep(1), app.fail(-1000).catch(none));
    await reasonOf(app.trap());
    expect(names()).toEqual(before);
    expect([globalThis.onerror, globalThis.onunhandledrejection].filter(Boolean)).toEqual([]);
    if (!add) return;
    expect(add).not.toHaveBeenCalled();
    add.mockRestore();
  });

  test('may lack timers, macrotasks and queueMicrotask: what they give is done without (pitfall 56)', async () => {
    await loadApp('bridge'); // what a page fetches is there
    const missing = [
      'setTimeout',
      'clearTimeout',
      'setImmediate',
      'MessageChannel',
      'queueMicrotask',
      'TextDecoder',
      'TextEncoder',
    ];
    const had = Object.fromEntries(missing.map((name) => [name, globalThis[name]]));
    try {
      for (const name of missing) globalThis[name] = undefined;
      const app = await loadApp('bridge');
      const start = performance.now();
      expect(await app.nap(4)).toBeUndefined();
      expect(performance.now() - start).toBeGreaterThanOrEqual(4);
      expect(await app.echo_text('gr\u00fcn')).toBe('gr\u00fcn');
    } finally {
      Object.assign(globalThis, had);
    }
  });
});
