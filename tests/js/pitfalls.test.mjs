// Pitfalls that others have met, by their numbers in the project's list; those that belong to a part are
// tested with it, named the same way.
import { describe, expect, test } from '@jest/globals';
import { future, join, mutex, ready, semaphore, sleep, spawn, yieldNow } from '../../dist/index.js';
import { Scheduler } from '../../dist/schedule.js';
import { app as loadApp, asyncDispose, dispose, reasonOf, sleep as after } from './support/apps.mjs';

const none = () => {};
const imports = {
  fetchText: none, measure: none, getI32: none, getValue: none, getBytes: none, beep: none,
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
  const scheduler = new Scheduler(() => world.ticks++, {
    now: () => world.time,
    setTimeout: (run, ms) => world.timers.push({ run, ms }),
    clearTimeout: none,
  }, 5);
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
}, 20_000);

describe('what is dropped', () => {
  test('takes its timer with it (pitfall 23)', async () => {
    const count = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    if (typeof process === 'undefined') return;
    const app = await loadApp('bridge');
    await after(1);
    const before = count();
    const tasks = Array.from({ length: 100 }, () => app.spawn(app.nap(3600_000)));
    await after(5);
    expect(count()).toBe(before + 1);
    for (const task of tasks) task.abort();
    await Promise.allSettled(tasks);
    await after(5);
    expect(count()).toBe(before);
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

// What follows needs a process of its own.
const node = globalThis.process?.versions?.node ? test : test.skip;

async function runScript(code) {
  const { spawnSync } = await import('node:child_process');
  const { fileURLToPath } = await import('node:url');
  const url = (path) => JSON.stringify(new URL(path, import.meta.url).href);
  const prelude = `
    const names = ['unhandledRejection', 'uncaughtException', 'SIGINT', 'exit', 'beforeExit', 'warning'];
    const handlers = () => names.map((name) => process.listenerCount(name)).join();
    const before = handlers();
    const rouse = await import(${url('../../dist/index.js')});
    import { readFileSync } from 'node:fs';
    const app = await rouse.load(readFileSync(new URL(${url('../../build/js-programs/bridge.plain.wasm')})));`;
  const args = ['--input-type=module', '-e', prelude + code];
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8', timeout: 15_000, cwd: fileURLToPath(new URL('.', import.meta.url)),
  });
  return { stdout, stderr, status, ms: performance.now() - start };
}

describe('a Node process', () => {
  node('stays for a pending sleep, and ends when nothing is left (pitfall 38)', async () => {
    const { stdout, status } = await runScript(`
      app.nap(50).then(() => console.log('napped'));
      rouse.sleep(60).then(() => console.log('slept'));
      app.spawn(app.forever()); // waits for nothing that could come: keeps nobody alive`);
    expect([stdout, status]).toEqual(['napped\nslept\n', 0]);
  }, 20_000);

  node('does not stay for an app that was unrefed', async () => {
    const { ms, status } = await runScript(`
      app.unref().spawn(app.nap(3600_000));
      setTimeout(() => {}, 20);`);
    expect(status).toBe(0);
    expect(ms).toBeLessThan(10_000);
  }, 20_000);

  node('keeps its global handlers (pitfall 39)', async () => {
    const { stdout } = await runScript(`
      await rouse.sleep(1);
      await app.nap(1);
      console.log(handlers() === before);`);
    expect(stdout).toBe('true\n');
  }, 20_000);

  node('hears of a failed task that nobody awaits, not of one that was aborted', async () => {
    const { stdout } = await runScript(`
      process.on('unhandledRejection', ({ status }) => console.log(status));
      app.spawn(app.fail(-1000));
      app.spawn(app.forever()).abort();
      rouse.spawn(rouse.sleep(1000)).abort();`);
    expect(stdout).toBe('-1000\n');
  }, 20_000);
});
