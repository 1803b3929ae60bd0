// When the module runs, on a platform whose clock, timers and macrotasks are turned by hand.
import { describe, expect, jest, test } from '@jest/globals';
import { defaultPlatform, Scheduler } from '../../dist/base/schedule.js';

const microtasks = async () => {
  for (let i = 0; i < 5; i++) await null;
};

/** `parts`: what the platform has besides a clock. */
function setUp({ setTimeout = true, macrotask = true, onTick = () => {} } = {}) {
  const world = { time: 1000, ticks: 0, timers: new Map(), asked: [], hops: [] };
  const platform = { now: () => world.time };
  if (setTimeout) {
    platform.setTimeout = (run, ms) => {
      const id = {};
      world.timers.set(id, { run, ms });
      world.asked.push(ms);
      return id;
    };
    platform.clearTimeout = (id) => world.timers.delete(id);
  }
  if (macrotask) platform.macrotask = (run) => world.hops.push(run);
  const scheduler = new Scheduler(() => (world.ticks++, onTick(world, scheduler)), platform, 5);
  world.fire = (after) => {
    expect(world.timers.size).toBe(1);
    const [[id, { run, ms }]] = world.timers;
    world.timers.delete(id);
    world.time += after ?? ms;
    run();
  };
  world.hop = () => world.hops.shift()();
  scheduler.start();
  return { world, scheduler };
}

/** The first tick takes longer than a slice, and asks for more, now and later. */
const longTick = (world, scheduler) => {
  if (world.ticks > 1) return;
  world.time += 6;
  scheduler.wakeAt(50);
  scheduler.wake();
};

describe('wakes', () => {
  test('a burst costs one microtask and one tick', async () => {
    const then = jest.spyOn(Promise.prototype, 'then');
    const { world, scheduler } = setUp();
    for (let i = 0; i < 100; i++) scheduler.wake();
    const calls = then.mock.calls.length;
    then.mockRestore();
    expect(calls).toBe(1);
    await microtasks();
    expect(world).toMatchObject({ ticks: 1, asked: [], hops: [] });
  });

  test('a wake during a tick is the next tick, in the same slice a microtask', async () => {
    const onTick = (world, scheduler) => world.ticks < 3 && scheduler.wake();
    const { world, scheduler } = setUp({ onTick });
    scheduler.wake();
    await microtasks();
    expect(world).toMatchObject({ ticks: 3, hops: [] });
  });

  test('after a slice the next turn is a macrotask, which begins a new slice', async () => {
    const onTick = (world, scheduler) => {
      world.time += 3;
      if (world.ticks < 5) scheduler.wake();
    };
    const { world, scheduler } = setUp({ onTick });
    scheduler.wake();
    await microtasks();
    expect([world.ticks, world.hops.length]).toEqual([2, 1]);
    world.hop();
    await microtasks();
    expect([world.ticks, world.hops.length]).toEqual([4, 1]);
    world.hop();
    await microtasks();
    expect([world.ticks, world.hops.length, world.timers.size]).toEqual([5, 0, 0]);
  });

  test('who was idle for longer than a slice runs at once when woken', async () => {
    const { world, scheduler } = setUp();
    world.time += 100;
    scheduler.wake();
    await microtasks();
    world.time += 100;
    scheduler.wake();
    await microtasks();
    expect(world).toMatchObject({ ticks: 2, hops: [] });
  });

  test('before start and after stop nothing runs', async () => {
    const { world, scheduler } = setUp();
    scheduler.wakeAt(10);
    scheduler.wake();
    scheduler.stop();
    expect(world.timers.size).toBe(0);
    scheduler.wake();
    scheduler.wakeAt(10);
    await microtasks();
    expect(world).toMatchObject({ ticks: 0, asked: [10] });
  });

  test('a turn by the timer takes along the turn that waits for its macrotask', async () => {
    const { world, scheduler } = setUp({ onTick: longTick });
    scheduler.wake();
    await microtasks();
    expect(world.hops.length).toBe(1);
    world.fire();
    world.hop();
    expect(world.ticks).toBe(2);
  });
});

describe('the timer', () => {
  test.each([
    [0.25, 1],
    [1e-9, 1],
    [1, 1],
    [1.0001, 2],
    [99.5, 100],
  ])('a delay of %d ms asks for %d ms: never early, never a spin of 0 ms (pitfall 22)', (delay, ms) => {
    const { world, scheduler } = setUp();
    scheduler.wakeAt(delay);
    expect(world.asked).toEqual([ms]);
  });

  test.each([NaN, Infinity, -Infinity, -1])('a delay of %d is never (pitfall 21)', async (delay) => {
    const { world, scheduler } = setUp();
    scheduler.wakeAt(20);
    scheduler.wakeAt(delay);
    await microtasks();
    expect(world.timers.size).toBe(0);
    expect(world).toMatchObject({ ticks: 0, hops: [] });
  });

  test('a delay of 0 is a wake', async () => {
    const { world, scheduler } = setUp();
    scheduler.wakeAt(0);
    await microtasks();
    expect(world).toMatchObject({ ticks: 1, asked: [] });
  });

  test('a later call replaces the timer: one at a time', () => {
    const { world, scheduler } = setUp();
    for (let delay = 100; delay > 0; delay--) scheduler.wakeAt(delay);
    expect([...world.timers.values()].map(({ ms }) => ms)).toEqual([1]);
  });

  test('what the platform cannot count is cut in pieces, and ticks once (pitfall 21)', () => {
    const { world, scheduler } = setUp({ onTick: (_, scheduler) => scheduler.wakeAt(-1) });
    const most = 2 ** 31 - 1;
    scheduler.wakeAt(2 * most + 5000);
    for (let i = 0; i < 3; i++) world.fire();
    expect(world).toMatchObject({ ticks: 1, asked: [most, most, 5000] });
  });

  test('an early timer is asked for the rest', () => {
    const onTick = (_, scheduler) => scheduler.wakeAt(-1);
    const { world, scheduler } = setUp({ onTick });
    scheduler.wakeAt(10);
    world.fire(9.5);
    expect(world).toMatchObject({ ticks: 0, asked: [10, 1] });
    world.fire();
    expect([world.ticks, world.timers.size]).toEqual([1, 0]);
  });

  test('a deadline stands until replaced: a tick that found nothing due is tried again', () => {
    const { world, scheduler } = setUp();
    scheduler.wakeAt(10);
    world.fire();
    expect(world).toMatchObject({ ticks: 1, asked: [10, 1] });
  });
});

describe('missing parts', () => {
  test('without macrotasks a timer takes turns, beside the one of a deadline', async () => {
    const { world, scheduler } = setUp({ macrotask: false, onTick: longTick });
    scheduler.wake();
    await microtasks();
    const [deadline, hop] = world.timers.values();
    expect([deadline.ms, hop.ms]).toEqual([50, 0]);
    hop.run();
    expect(world.ticks).toBe(2);
    world.time += 50;
    deadline.run();
    expect(world.ticks).toBe(3);
  });

  test('without timers the clock is watched from macrotasks, by one watcher', () => {
    const { world, scheduler } = setUp({ setTimeout: false });
    scheduler.wakeAt(50);
    scheduler.wakeAt(20);
    for (let i = 0; i < 10; i++) {
      world.time += 1;
      world.hop();
    }
    expect([world.ticks, world.hops.length]).toEqual([0, 1]);
    world.time += 10;
    world.hop();
    expect(world.ticks).toBe(1);
    scheduler.stop();
  });

  test('with neither, microtasks do all', async () => {
    const onTick = (world, scheduler) => {
      if (world.ticks === 1) scheduler.wakeAt(3);
      else scheduler.stop();
    };
    const { world, scheduler } = setUp({ setTimeout: false, macrotask: false, onTick });
    world.time += 6;
    scheduler.wake();
    await microtasks();
    expect(world.ticks).toBe(1);
    world.time += 3;
    await microtasks();
    expect(world.ticks).toBe(2);
  });

  test('the platform is what the globals are: a channel is made once and reused (pitfall 17)', async () => {
    const { setImmediate, MessageChannel, performance } = globalThis;
    let channels = 0;
    try {
      globalThis.setImmediate = undefined;
      globalThis.performance = undefined;
      globalThis.MessageChannel = class extends MessageChannel {
        constructor() {
          super();
          channels++;
        }
      };
      for (let i = 0; i < 100; i++) await new Promise((resolve) => defaultPlatform().macrotask(resolve));
      expect(channels).toBe(1);
      const [before, now, after] = [Date.now(), defaultPlatform().now(), Date.now()];
      expect([before, now, after]).toEqual([before, now, after].toSorted((a, b) => a - b));
      globalThis.MessageChannel = undefined;
      expect(defaultPlatform().macrotask).toBeUndefined();
    } finally {
      Object.assign(globalThis, { setImmediate, MessageChannel, performance });
    }
  });
});
