// select: the losers are handed back as they are.
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  channel,
  from,
  future,
  join,
  mutex,
  ready,
  select,
  sleep,
  spawn,
  timeout,
  yieldNow,
} from '../../dist/index.js';
import { app as loadApp, reasonOf, sleep as after, until } from './support/apps.mjs';
import { expectNothingLeft, log, step, taken } from './support/steps.mjs';

beforeAll(() => ready());
beforeEach(() => void log.splice(0));

/** Says after each await how far it is. */
const counted = future(function* (name, to) {
  try {
    for (let i = 1; i <= to; i++) {
      yield* yieldNow();
      log.push(`${name}${i}`);
    }
    return name;
  } finally {
    log.push(`<${name}`);
  }
});
/** A future that others end, and how. */
function settled() {
  const made = {};
  made.future = from(new Promise((resolve, reject) => Object.assign(made, { resolve, reject })));
  return made;
}

describe('select', () => {
  test('says which arm was first, with its value and the others', async () => {
    const slow = step('slow', 1000);
    const promise = new Promise(() => {});
    const won = await select([slow, step('fast'), promise]);
    expect(won).toEqual({ index: 1, value: 'fast', losers: [slow, promise] });
    slow.drop();
    const { index, losers } = await select(sleep(1000), step('fast'));
    losers[0].drop();
    expect(index).toBe(1);
    expect(taken()).toBe('>slow >fast <fast <slow >fast <fast');
    await expectNothingLeft();
  });

  test('a loser pauses, and goes on where it was when it is awaited', async () => {
    const long = counted('l', 4);
    await select([long, join(yieldNow(), yieldNow())]);
    const before = log.length;
    expect(before).toBeGreaterThan(0);
    await after(5);
    expect(log.length).toBe(before);
    expect(await long).toBe('l');
    expect(taken()).toBe('l1 l2 l3 l4 <l');
    await expectNothingLeft();
  });

  test('a loop of a long future and a ticker: no tick begins it anew', async () => {
    const loop = future(function* () {
      const long = counted('l', 4);
      for (let ticks = 0; ; ticks++) {
        const won = yield* select([long, yieldNow()]);
        if (won.index === 0) return [won.value, ticks];
      }
    });
    const [value, ticks] = await loop();
    expect([value, ticks > 0]).toEqual(['l', true]);
    expect(taken()).toBe('l1 l2 l3 l4 <l');
    await expectNothingLeft();
  });

  test('again with the losers: all come, in the order in which they end', async () => {
    const order = [];
    let left = [counted('c', 12), counted('a', 2), counted('b', 7)];
    while (left.length > 0) {
      const { value, losers } = await select(left);
      order.push(value);
      left = losers;
    }
    expect(order).toEqual(['a', 'b', 'c']);
    expect(taken().match(/<./g)).toEqual(['<a', '<b', '<c']);
    await expectNothingLeft();
  });

  test('what its future leaves paused is cancelled with it, however it ends', async () => {
    const leaves = future(function* (how) {
      try {
        yield* select([step('left', 1000), sleep(1)]);
        log.push('selected');
        if (how === 'throws') throw new Error('thrown');
        yield* sleep(how === 'is cancelled' ? 1000 : 1);
      } finally {
        log.push('finally');
      }
    });
    for (const how of ['returns', 'throws', 'is cancelled']) {
      const task = spawn(leaves(how));
      await until(() => log.includes('selected'));
      if (how === 'is cancelled') task.abort();
      await task.catch(() => {});
      expect(taken()).toBe('>left selected finally <left');
      await expectNothingLeft();
    }
  });

  test('what its future gives away goes on', async () => {
    const gives = future(function* () {
      const [a, b] = [counted('a', 5), counted('b', 5)];
      yield* select([a, b, yieldNow()]);
      spawn(a);
      return b;
    });
    expect(await gives()).toBe('b');
    await until(() => log.includes('<a'));
    expect(taken().match(/<?a\d?/g)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', '<a']);
    await expectNothingLeft();
  });

  test('does not pause what others await as well', async () => {
    const { future: gate, resolve } = settled();
    const shared = future(function* () {
      return yield* gate;
    })();
    const waits = future(function* () {
      return yield* shared;
    });
    const selected = spawn(select([shared, yieldNow()]));
    const waiting = spawn(waits());
    expect((await selected).index).toBe(1);
    resolve('shared');
    expect(await waiting).toBe('shared');
    await expectNothingLeft();
  });

  test('hands back no arm that somebody else has cancelled: that one ends', async () => {
    const { future: gate, resolve } = settled();
    const arm = step('arm', 3600_000);
    const selected = spawn(select([arm, gate]));
    await until(() => log.length === 1);
    spawn(arm).abort('enough');
    expect(await reasonOf(arm)).toBe('enough');
    resolve();
    expect((await selected).index).toBe(1);
    expect(await reasonOf(arm)).toBe('enough');
    expect(taken()).toBe('>arm <arm');
    await expectNothingLeft();
  });

  test('forgets what went on, in a loop that lets many pause', async () => {
    const loop = future(function* () {
      let kept = 0;
      for (let i = 0; i < 100; i++) {
        const { losers } = yield* select([step(`${i}`, 3600_000), yieldNow()]);
        if (i % 10 === 0) kept++;
        else losers[0].drop();
      }
      return kept;
    });
    expect(await loop()).toBe(10);
    const ends = log.filter((entry) => entry.startsWith('<'));
    expect([log.length, new Set(ends).size]).toEqual([200, 100]);
    await expectNothingLeft();
  });

  test('that is cancelled cancels all its arms', async () => {
    const task = spawn(select([step('a', 1000), step('b', 1000), new Promise(() => {})]));
    await until(() => log.length === 2);
    expect(taken()).toBe('>a >b');
    task.abort('why');
    expect(await reasonOf(task)).toBe('why');
    expect(taken()).toBe('<a <b');
    await expectNothingLeft();
  });

  test('that is done when what it is part of is cancelled gives everything back', async () => {
    const lock = mutex();
    const task = spawn(join(select([step('loser', 1000), lock.lock()]), step('other', 1000)));
    await until(() => log.includes('>other'));
    expect(lock.tryLock()).toBeUndefined();
    task.abort();
    await reasonOf(task);
    expect(taken()).toBe('>loser >other <other <loser');
    expect(lock.tryLock()).toBeDefined();
    await expectNothingLeft();
  });

  test('fails as its first arm does; the others are handed back even so', async () => {
    const reason = new Error('no');
    const long = step('long', 20);
    expect(await reasonOf(select([step('bad', 1, reason), long]))).toBe(reason);
    expect(await long).toBe('long');
    taken();
    await expectNothingLeft();
  });

  test('an arm that is none is left out, and keeps its place', async () => {
    expect(await select([null, false, step('third'), undefined])).toEqual({ index: 2, value: 'third', losers: [] });
    for (const none of [[], [null, undefined]]) expect(await reasonOf(select(none))).toMatchObject({ code: 'EMPTY' });
    taken();
  });

  test('of several at once the first in the list wins, or with `fair` any', async () => {
    const [a, b] = [channel(1), channel(1)];
    const first = async (options) => {
      const won = [0, 0];
      for (let i = 0; i < 64; i++) {
        a.trySend('a');
        b.trySend('b');
        const { index, losers } = await select([a.recv(), b.recv()], options);
        won[index]++;
        losers[0].drop();
      }
      return won;
    };
    expect(await first()).toEqual([64, 0]);
    const [forA, forB] = await first({ fair: true });
    expect(Math.min(forA, forB)).toBeGreaterThan(8);
    [a, b].forEach((items) => items.tryRecv());
    await expectNothingLeft();
  });

  test('an arm behind one that is done at once does not begin', async () => {
    const done = from(Promise.resolve(1));
    await done;
    const never = step('never');
    expect(await select([done, never])).toMatchObject({ index: 0 });
    never.drop();
    expect(taken()).toBe('');
    await expectNothingLeft();
  });

  test('a loser that waits for an item takes it when it is awaited again, and none when dropped', async () => {
    const items = channel(4);
    const waiting = items.recv();
    await select([waiting, sleep(1)]);
    items.trySend('one');
    expect(await waiting).toBe('one');
    const dropped = items.recv();
    await select([dropped, sleep(1)]);
    dropped.drop();
    items.trySend('two');
    expect(items.tryRecv()).toBe('two');
    await expectNothingLeft();
  });

  test('tasks, promises and calls of C run on by themselves; calls are ended like futures', async () => {
    const app = await loadApp('bridge');
    const { future: gate, resolve: open } = settled();
    const task = spawn(join(gate, yieldNow()));
    const { future: promised, resolve } = settled();
    const call = app.nap(3600_000);
    const body = future(function* () {
      const won = yield* select([task, promised, call, sleep(1)]);
      expect(won.index).toBe(3);
      open();
      yield* task;
      resolve('kept');
      expect(yield* promised).toBe('kept');
      expect((yield* select([call, sleep(1)])).index).toBe(1);
    });
    await body();
    expect(await reasonOf(call)).toMatchObject({ code: 'CANCELLED' });
    expect(await app.counts()).toBe(10101); // one began, and was cancelled
    await expectNothingLeft();
  });

  test('hundreds of times over one promise and one task leaves nothing with them', async () => {
    const promise = new Promise(() => {});
    const task = spawn(sleep(3600_000));
    const loop = future(function* () {
      for (let i = 0; i < 500; i++) yield* select([promise, task, yieldNow()]);
    });
    await loop();
    task.abort();
    await reasonOf(task);
    await expectNothingLeft();
  });

  test('in a timeout is cancelled with its arms', async () => {
    expect(await reasonOf(timeout(select([step('a', 1000), step('b', 1000)]), 5))).toMatchObject({ code: 'TIMEOUT' });
    expect(taken()).toBe('>a >b <a <b');
    await expectNothingLeft();
  });
});
