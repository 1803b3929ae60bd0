// Streams that are written in JavaScript, and points in time.
import { describe, expect, test } from '@jest/globals';
import { future, mutex, sleep, stream, timeout, yieldNow } from '../../dist/index.js';
import { reasonOf } from './support/apps.mjs';

const log = [];
const count = stream(function* (emit, to) {
  try {
    for (let i = 1; i <= to; i++) {
      yield* yieldNow();
      log.push(i);
      yield* emit(i);
    }
  } finally {
    log.push('end');
  }
});

async function all(items) {
  const taken = [];
  for await (const item of items) taken.push(item);
  return taken;
}

describe('a stream', () => {
  test('is lazy, and runs on only when the next item is asked for', async () => {
    log.length = 0;
    const items = count(3);
    await sleep(2);
    expect(log).toEqual([]);
    const iterator = items[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    await sleep(2);
    expect(log).toEqual([1]);
    expect(await Promise.all([iterator.next(), iterator.next(), iterator.next()])).toEqual([
      { done: false, value: 2 },
      { done: false, value: 3 },
      { done: true, value: undefined },
    ]);
    expect(log).toEqual([1, 2, 3, 'end']);
    expect((await iterator.next()).done).toBe(true);
  });

  test('`break` ends it where it is: `finally` has run', async () => {
    log.length = 0;
    for await (const item of count(1000)) if (item === 2) break;
    expect(log).toEqual([1, 2, 'end']);
    const never = count(3);
    never.cancel();
    expect(await all(never)).toEqual([]);
  });

  test('its failure is told once', async () => {
    const broken = new Error('broken');
    const items = stream(function* (emit) {
      yield* emit(1);
      throw broken;
    })();
    const iterator = items[Symbol.asyncIterator]();
    await iterator.next();
    expect(await reasonOf(iterator.next())).toBe(broken);
    expect((await iterator.next()).done).toBe(true);
  });

  test('is taken item by item in a future', async () => {
    const sum = future(function* (items) {
      let sum = 0;
      for (let step; !(step = yield* items.next()).done;) sum += step.value;
      return sum;
    });
    expect(await sum(count(4))).toBe(10);
  });

  test('holds what it holds while nobody asks, and gives it back at the end', async () => {
    const lock = mutex();
    const held = stream(function* (emit) {
      const guard = yield* lock.lock();
      try {
        yield* emit('held');
      } finally {
        guard.release();
      }
    });
    for await (const item of held()) {
      expect([item, lock.tryLock()]).toEqual(['held', undefined]);
      break;
    }
    expect(lock.tryLock()).toBeDefined();
  });
});

describe('a point in time', () => {
  test('is the same whenever the future begins', async () => {
    const at = new Date(Date.now() + 30);
    const nap = sleep(at);
    const limited = timeout(sleep(3600_000), at);
    await sleep(15);
    await nap;
    expect(Date.now() + 1).toBeGreaterThanOrEqual(+at); // browsers blur both clocks by up to a millisecond
    expect((await reasonOf(limited)).code).toBe('TIMEOUT');
    expect((await reasonOf(timeout(sleep(3600_000), new Date(0)))).code).toBe('TIMEOUT');
  });

  test('that is none is refused', () => {
    for (const time of [NaN, Infinity, 'soon', null, undefined, new Date(NaN)])
      expect(() => sleep(time)).toThrow(RangeError);
  });
});
