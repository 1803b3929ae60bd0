// 100,000 futures made, awaited and cancelled in every state: tables, timers, listeners and wasm memory are
// back where they began. The memory of a module never shrinks: a second round must find room in it.
import { describe, expect, test } from '@jest/globals';
import {
  channel,
  from,
  future,
  join,
  mutex,
  race,
  ready,
  scope,
  select,
  sleep,
  spawn,
  timeout,
  yieldNow,
} from '../../dist/index.js';
import { abortListeners } from '../../dist/future/abort.js';
import { runtime } from '../../dist/native/runtime.js';
import { app as loadApp, sleep as after } from './support/apps.mjs';
import { countTimers } from './support/platform.mjs';

const BATCHES = 5;
const AT_ONCE = 50;
const swallow = () => {};
const timers = countTimers();

/** Leaves a future made by `make` in every state there is. */
async function everyState(make, controller) {
  make(); // never runs
  const unstarted = spawn(make());
  unstarted.abort();
  unstarted.then(swallow, swallow);
  const started = spawn(make(), { signal: controller.signal });
  started.then(swallow, swallow);
  await null;
  await null;
  started.abort();
  started.abort();
  const late = make();
  await late.then(swallow, swallow);
  await late.then(swallow, swallow);
  const task = spawn(make(), { signal: controller.signal });
  await task.then(swallow, swallow);
  task.abort();
}

async function rounds(makers, inUse) {
  const controller = new AbortController();
  const round = async () => {
    for (let batch = 0; batch < BATCHES; batch++)
      await Promise.all(makers.flatMap((make) => Array.from({ length: AT_ONCE }, () => everyState(make, controller))));
    await after(5);
    return inUse();
  };
  const idle = timers();
  // How much is in use at once is up to timing, so the memory may still take a page; a leak takes some
  // every round, and never stops.
  const equal = [];
  let before = await round();
  for (let i = 0; i < 8 && equal.length < 3; i++) {
    const now = await round();
    if (JSON.stringify(now) === JSON.stringify(before)) equal.push(now);
    else equal.length = 0;
    before = now;
  }
  expect(equal).toHaveLength(3);
  expect(abortListeners).toBe(0);
  expect(timers()).toBeLessThanOrEqual(idle + 1); // a runtime may keep its own, which is late and does nothing
  return before;
}

describe('nothing is left of', () => {
  // 8 makers, 50 at once, in 5 states, 5 times, in 5 rounds: 50,000 in each test.
  test('calls of C and of JavaScript from C', async () => {
    const imports = {
      fetchText: async (url) => `${url}!`,
      measure: () => 1,
      getI32: async () => Promise.reject(new Error('x')),
      getValue: async () => ({}),
      getBytes: () => new Uint8Array(64),
      beep: () => new Promise((resolve) => setTimeout(resolve, 0)),
    };
    const app = await loadApp('imports', { imports });
    const bridge = await loadApp('bridge');
    const makers = [
      () => app.download('some text'),
      () => app.pass_value(3),
      () => app.pass_bytes(),
      () => app.sum(2),
      () => app.await_value(Promise.resolve({})),
      () => bridge.nap(0.01),
      () => bridge.echo_text('text'.repeat(50)),
      () => bridge.fail(-1000),
    ];
    const used = await rounds(makers, () => [app.inUse, bridge.inUse]);
    for (const { pages: _, ...rest } of used)
      expect(rest).toEqual({ calls: 0, handles: 0, imports: 0, owned: 0, thrown: 0 });
  });

  test('futures in JavaScript', async () => {
    await ready();
    const lock = mutex();
    const items = channel(1);
    const body = future(function* () {
      let guard;
      try {
        guard = yield* lock.lock();
        yield* yieldNow();
      } finally {
        guard?.release();
        yieldNow();
      }
    });
    const selects = future(function* () {
      const never = new Promise(() => {});
      const long = join(body(), sleep(1000)); // paused, goes on, and is left paused
      for (let i = 0; i < 3; i++) yield* select([long, items.recv(), never, i === 1 && body(), yieldNow()]);
    });
    const scopes = future(function* () {
      yield* scope(function* (s) {
        s.defer(body());
        s.defer(yieldNow(), 1000);
        s.spawn(selects());
        s.spawn(sleep(1000)).abort();
        yield* s.room(2);
        s.spawn(from(() => Promise.reject('x')));
      });
    });
    const makers = [
      () => sleep(0.01),
      () => join(yieldNow(), sleep(0.01), from(Promise.resolve(1))),
      () => race(sleep(1000), yieldNow()),
      () => timeout(sleep(1000), 0.01),
      () => timeout(items.recv(), 0.01),
      () => timeout(items.send({}), 0.01),
      () => from(async () => 1),
      () =>
        join(
          body(),
          from(() => Promise.reject('x')),
        ),
      () => selects(),
      () => scopes(),
    ];
    const used = await rounds(makers, () => {
      const { frames, roots, waits, memory } = runtime();
      return [frames.size, roots.size, waits.size, memory.u8.length];
    });
    expect(used.slice(0, 3)).toEqual([0, 0, 0]);
    expect(runtime().items.size).toBeLessThanOrEqual(1);
  });
});
