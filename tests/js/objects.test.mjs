// Locks and channels of futures written in JavaScript.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { channel, future, join, mutex, race, ready, semaphore, sleep, spawn, timeout } from '../../dist/index.js';
import { dispose, reasonOf, sleep as after, until } from './support/apps.mjs';
import { expectNothingLeft } from './support/steps.mjs';

beforeAll(() => ready());

function isTaken(lock) {
  const guard = lock.tryLock();
  guard?.release();
  return guard === undefined;
}

describe('locks', () => {
  test('a mutex is fair, and passes a cancelled turn on', async () => {
    const lock = mutex();
    const order = [];
    const holds = future(function* (name) {
      const guard = yield* lock.lock();
      order.push(name);
      yield* sleep(20);
      guard.release();
      guard.release();
    });
    const tasks = ['a', 'b', 'c'].map((name) => spawn(holds(name)));
    await until(() => order.length === 1);
    tasks[1].abort();
    await Promise.allSettled(tasks);
    expect(order).toEqual(['a', 'c']);
    const guard = lock.tryLock();
    expect(lock.tryLock()).toBeUndefined();
    guard[dispose]();
    expect(lock.tryLock()).toBeDefined();
  });

  test('a lock that came with a join that was cancelled is free again', async () => {
    const lock = mutex();
    const task = spawn(join(lock.lock(), sleep(1000)));
    await until(() => isTaken(lock));
    task.abort();
    await reasonOf(task);
    expect(lock.tryLock()).toBeDefined();
  });

  test('so is one inside of something that was done already', async () => {
    const lock = mutex();
    for (const inner of [join(lock.lock(), sleep(1)), race(lock.lock(), sleep(1000)), timeout(lock.lock(), 1000)]) {
      const task = spawn(join(inner, sleep(3600_000)));
      await until(() => isTaken(lock));
      expect(isTaken(lock)).toBe(true);
      task.abort();
      await reasonOf(task);
      lock.tryLock().release();
    }
    await expectNothingLeft();
  });

  test('a semaphore', async () => {
    const permits = semaphore(2);
    const [a, b] = await join(permits.acquire(), permits.acquire());
    expect(permits.tryAcquire()).toBeUndefined();
    const third = spawn(permits.acquire());
    await after(2);
    expect(third.finished).toBe(false);
    a.release();
    (await third).release();
    b.release();
    expect(permits.tryAcquire(2)).toBeDefined();
    expect(() => semaphore(-1)).toThrow(RangeError);
  });
});

describe('channels', () => {
  test('carry any value, in order, with backpressure', async () => {
    const items = channel(2);
    let sent = 0;
    const producer = future(function* () {
      for (const item of [1, 'two', null, undefined, {}]) {
        yield* items.send(item);
        sent++;
      }
      items.close();
    });
    const task = spawn(producer());
    await until(() => sent === 2);
    await after(5);
    expect(sent).toBe(2);
    const received = [];
    for await (const item of items) received.push(item);
    expect(received).toEqual([1, 'two', null, undefined, {}]);
    await task;
    expect(await reasonOf(items.recv())).toMatchObject({ code: 'CLOSED' });
    expect(await reasonOf(items.send(1))).toMatchObject({ code: 'CLOSED' });
    await expectNothingLeft();
  });

  test('without waiting', async () => {
    const items = channel(1);
    expect([items.trySend('a'), items.trySend('b')]).toEqual([true, false]);
    expect([items.tryRecv(), items.tryRecv()]).toEqual(['a', undefined]);
    items.close();
    expect(() => items.trySend(1)).toThrow(expect.objectContaining({ code: 'CLOSED' }));
    expect(() => items.tryRecv()).toThrow(expect.objectContaining({ code: 'CLOSED' }));
    await expectNothingLeft();
  });

  test('a send that is cancelled sends nothing', async () => {
    const items = channel(0);
    const task = spawn(items.send('lost'));
    await after(2);
    task.abort();
    await reasonOf(task);
    expect(items.tryRecv()).toBeUndefined();
    await expectNothingLeft();
  });
});
