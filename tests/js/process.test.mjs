// What only a Node process has: when it ends, its handlers, its AsyncLocalStorage.
import { describe, expect, test } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { future, sleep, spawn } from '../../dist/index.js';
import { app as loadApp, sleep as after, until } from './support/apps.mjs';

const url = (path) => JSON.stringify(new URL(path, import.meta.url).href);
const prelude = `
  const names = ['unhandledRejection', 'uncaughtException', 'SIGINT', 'exit', 'beforeExit', 'warning'];
  const handlers = () => names.map((name) => process.listenerCount(name)).join();
  const before = handlers();
  const rouse = await import(${url('../../dist/index.js')});
  import { readFileSync } from 'node:fs';
  const app = await rouse.load(readFileSync(new URL(${url('../../build/js-programs/bridge.plain.wasm')})));`;

/** Runs code in a process of its own. */
function run(code) {
  const args = ['--input-type=module', '-e', prelude + code];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 100_000,
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  });
  return { stdout, stderr, status }; // status is null if it had to be killed
}

describe('a Node process', () => {
  test('stays for a pending sleep, and ends when nothing is left (pitfall 38)', () => {
    const { stdout, status } = run(`
      app.nap(50).then(() => console.log('napped'));
      rouse.sleep(60).then(() => console.log('slept'));
      app.spawn(app.forever()); // waits for nothing that could come: keeps nobody alive`);
    expect([stdout, status]).toEqual(['napped\nslept\n', 0]);
  });

  test('does not stay for an app that was unrefed, unless it is refed again (pitfall 38)', () => {
    const { status, stdout } = run(`
      app.unref().spawn(app.nap(3600_000));
      const other = await rouse.load(readFileSync(new URL(${url('../../build/js-programs/bridge.plain.wasm')})));
      other.unref().ref().nap(30).then(() => console.log('napped'));`);
    expect([status, stdout]).toEqual([0, 'napped\n']);
  });

  test('keeps its global handlers (pitfall 39)', () => {
    const { stdout } = run(`
      await rouse.sleep(1);
      await app.nap(1);
      console.log(handlers() === before);`);
    expect(stdout).toBe('true\n');
  });

  test('hears of a failed task that nobody awaits, not of one that was aborted', () => {
    const { stdout } = run(`
      process.on('unhandledRejection', ({ status }) => console.log(status));
      app.spawn(app.fail(-1000));
      app.spawn(app.forever()).abort();
      rouse.spawn(rouse.sleep(1000)).abort();`);
    expect(stdout).toBe('-1000\n');
  });

  test('hears of a sink that throws, of which the app that writes knows nothing', () => {
    const { stdout } = run(`
      process.on('unhandledRejection', (error) => console.log(error.message));
      const stdout = (text) => { throw new Error('no room for ' + text.trim()); };
      const writer = await rouse.load(readFileSync(new URL(${url('../../build/js-programs/bridge.plain.wasm')})), { stdout });
      await writer.say('hello');
      console.log(await writer.add(1, 2));`);
    expect(stdout.split('\n').sort()).toEqual(['', '3', 'no room for hello']);
  });

  test('goes on when a lock is lost whose runtime has trapped', () => {
    const { stdout, status } = run(`
      import { setFlagsFromString } from 'node:v8';
      import { runInNewContext } from 'node:vm';
      const { runtime } = await import(${url('../../dist/native/runtime.js')});
      setFlagsFromString('--expose-gc');
      const gc = runInNewContext('gc');
      await rouse.ready();
      let lost = 0;
      const registry = new FinalizationRegistry(() => lost++);
      for (let i = 0; i < 100; i++) {
        const lock = rouse.mutex();
        lock.tryLock();
        registry.register(lock);
      }
      runtime().instance.end(new rouse.RouseError('TRAPPED', 'by the test'));
      for (let tries = 0; tries < 100 && lost < 90; tries++) {
        gc();
        await new Promise((done) => setTimeout(done, 5));
      }
      console.log(lost >= 90);`);
    expect([stdout, status]).toEqual(['true\n', 0]);
  });

  test('hears of what fails in a scope that supervises, and of cleanup that fails or takes too long', () => {
    const { stdout } = run(`
      process.on('unhandledRejection', (reason) => console.log(reason.code ?? reason));
      const fails = (reason) => rouse.from(async () => { throw reason; });
      const result = await rouse.scope(function* (s) {
        s.defer(fails('cleanup'));
        s.defer(rouse.sleep(3600_000), 5);
        s.spawn(fails('child'));
        return 'result';
      }, { supervise: true });
      console.log(result);`);
    expect(stdout.trim().split('\n').sort()).toEqual(['TIMEOUT', 'child', 'cleanup', 'result']);
  });
});

describe('AsyncLocalStorage (pitfall 57)', () => {
  const storage = new AsyncLocalStorage();

  test('is seen across the awaits of a future, and in its finally', async () => {
    const seen = [];
    const body = future(function* (name) {
      for (let i = 0; i < 3; i++) {
        seen.push([name, storage.getStore()]);
        yield* sleep(1);
      }
      try {
        yield* sleep(3600_000);
      } finally {
        seen.push([name, storage.getStore()]);
      }
    });
    const tasks = ['a', 'b'].map((name) => storage.run(name, () => spawn(body(name))));
    await until(() => seen.length === 6);
    await after(5);
    for (const task of tasks) task.abort();
    await Promise.allSettled(tasks);
    expect(seen.length).toBe(8);
    for (const [name, stored] of seen) expect(stored).toBe(name);
  });

  test('is seen by what C calls', async () => {
    const seen = [];
    const none = () => {};
    const imports = {
      async fetchText(name) {
        seen.push([name, storage.getStore()]);
        await after(1);
        seen.push([name, storage.getStore()]);
        return '';
      },
      measure: none,
      getI32: none,
      getValue: none,
      getBytes: none,
      beep: none,
    };
    const app = await loadApp('imports', { imports });
    await Promise.all(['a', 'b', 'c'].map((name) => storage.run(name, async () => await app.download(name))));
    expect(seen.length).toBe(6);
    for (const [name, stored] of seen) expect(stored).toBe(name);
  });

  // A macrotask that comes in the context of nobody.
  const { port1, port2 } = new MessageChannel();
  const hops = [];
  port1.on('message', () => hops.shift()()).unref();
  const macrotask = (run) => port2.postMessage(hops.push(run));
  let time = 0;
  const now = () => time++; // slices are over soon

  describe.each([
    ['microtasks', undefined],
    ['macrotasks as well', { now, setTimeout, clearTimeout, macrotask }],
  ])('in turns that are %s', (_, platform) =>
    test.each([
      ['at once', () => 1],
      ['in a microtask', async () => 1],
      ['later', async () => (await after(1), 1)],
      ['now so, now so', (i) => [1, Promise.resolve(1), after(1).then(() => 1)][i % 3]],
    ])('is seen by every call of a C function whose imports answer %s', async (_, answer) => {
      const seen = [];
      let inner;
      const none = () => {};
      const imports = {
        getI32() {
          seen.push(storage.getStore());
          // A call that begins while C runs, and one more in the next turn.
          if (seen.length === 5) inner = storage.run('inner', () => app.sum(4).then((sum) => sum));
          return answer(seen.length);
        },
        fetchText: none,
        measure: none,
        getValue: none,
        getBytes: none,
        beep: none,
      };
      const app = await loadApp('imports', { imports, platform });
      const names = ['a', 'b', 'c'];
      const sums = await Promise.all(names.map((name) => storage.run(name, async () => await app.sum(4))));
      expect([...sums, await inner]).toEqual([4, 4, 4, 4]);
      for (const name of [...names, 'inner']) expect(seen.filter((one) => one === name)).toHaveLength(4);
    }),
  );
});
