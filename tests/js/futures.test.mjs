// Futures written in JavaScript, run by the executor in wasm (wasm/builtin).
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  any,
  from,
  Future,
  future,
  join,
  race,
  ready,
  run,
  settle,
  sleep,
  spawn,
  timeout,
  tryJoin,
  yieldFrame,
  yieldHost,
  yieldNow,
} from '../../dist/index.js';
import { app as loadApp, dispose, reasonOf, sleep as after, until } from './support/apps.mjs';
import { expectNothingLeft, log, step, taken } from './support/steps.mjs';

beforeAll(() => ready());

describe('a future', () => {
  test('runs when it is awaited, once', async () => {
    const one = step('a');
    await after(5);
    expect(taken()).toBe('');
    expect(await one).toBe('a');
    expect(await one).toBe('a');
    expect(taken()).toBe('>a <a');
    await expectNothingLeft();
  });

  test('that is never awaited never runs, not even its finally', async () => {
    step('never');
    await after(5);
    expect(taken()).toBe('');
  });

  test('awaits futures, calls of C and promises', async () => {
    const app = await loadApp('bridge');
    const all = future(function* () {
      const sum = yield* app.add(1, 2);
      const text = yield* step('x');
      const plain = yield Promise.resolve('p');
      const wrapped = yield* from(Promise.resolve('q'));
      return [sum, text, plain, wrapped];
    });
    expect(await all()).toEqual([3, 'x', 'p', 'q']);
    taken();
    await expectNothingLeft();
  });

  test('catches what it awaits, and fails with what it throws', async () => {
    const reason = new Error('no');
    const catches = future(function* () {
      try {
        yield* step('bad', 1, reason);
      } catch (error) {
        return ['caught', error];
      }
    });
    expect(await catches()).toEqual(['caught', reason]);
    const throws = future(function* () {
      yield* yieldNow();
      throw reason;
    });
    expect(await reasonOf(throws())).toBe(reason);
    const app = await loadApp('bridge');
    const fails = future(function* () {
      yield* app.fail(-1234);
    });
    expect(await reasonOf(fails())).toMatchObject({ status: -1234 });
    taken();
  });

  test('that returns a promise or a future gives what that gives', async () => {
    const returns = (value) =>
      future(function* () {
        return value;
      })();
    expect(await returns(Promise.resolve(1))).toBe(1);
    const nested = future(function* () {
      return yield* returns(from(Promise.resolve(2)));
    });
    expect(await nested()).toBe(2);
  });

  test('that yields anything else is told so', async () => {
    const wrong = future(function* () {
      yield 7;
    });
    expect(await reasonOf(wrong())).toBeInstanceOf(TypeError);
  });

  test('goes on after a thousand awaits of what is done, and lets others in between', async () => {
    const done = from(Promise.resolve(1));
    await done;
    let others = 0;
    const loop = future(function* () {
      let sum = 0;
      for (let i = 0; i < 1000; i++) sum += yield* done;
      return [sum, others];
    });
    const other = future(function* () {
      for (; others < 3; others++) yield* yieldNow();
    });
    const [result] = await join(loop(), other());
    expect(result[0]).toBe(1000);
    expect(result[1]).toBeGreaterThan(0);
  });

  test('is one run for all who await it, wherever they are', async () => {
    const shared = step('shared');
    const waits = future(function* () {
      return yield* shared;
    });
    expect(await Promise.all([join(waits(), waits()), shared])).toEqual([['shared', 'shared'], 'shared']);
    expect(taken()).toBe('>shared <shared');
    await expectNothingLeft();
  });

  test('that is cancelled by somebody else runs no further than the await it is at', async () => {
    const seen = [];
    const inner = future(function* () {
      try {
        yield* sleep(5);
        seen.push('ran on');
      } finally {
        seen.push('finally');
      }
    });
    for (const outer of ['goes on', 'is cancelled']) {
      const shared = inner();
      const task = spawn(settle(shared, sleep(20)));
      await until(() => shared.phase === 'running');
      spawn(shared).abort('enough');
      expect(await reasonOf(shared)).toBe('enough');
      if (outer === 'is cancelled') task.abort();
      await task.catch(() => {});
      expect(seen.splice(0)).toEqual(['finally']);
      await expectNothingLeft();
    }
  });

  test('whose body is no generator function is told so', async () => {
    for (const body of [async () => 1, () => 1, () => undefined])
      expect((await reasonOf(future(body)())).message).toMatch(/generator function/);
    expect(() => spawn(async () => 1)).toThrow(/call it, or give it to `from`/);
  });

  test('a deep chain costs no stack', async () => {
    const deep = future(function* (n) {
      return n === 0 ? 0 : 1 + (yield* deep(n - 1));
    });
    expect(await deep(500)).toBe(500);
    await expectNothingLeft();
  });
});

describe('cancel', () => {
  test('runs finally, inner first, and only where it was entered', async () => {
    const outer = future(function* () {
      try {
        yield* join(step('a', 1000), step('b', 1000));
      } finally {
        log.push('outer');
      }
    });
    const task = spawn(outer());
    await until(() => log.length === 2);
    task.abort('why');
    expect(await reasonOf(task)).toBe('why');
    expect(taken()).toBe('>a >b <a <b outer');
    const unstarted = spawn(outer());
    unstarted.abort();
    await reasonOf(unstarted);
    expect(taken()).toBe('');
    await expectNothingLeft();
  });

  test('aborts the calls of C and the signals of functions it waits for', async () => {
    const app = await loadApp('bridge');
    let signal;
    const waits = future(function* () {
      yield* join(
        app.nap(3600_000),
        from((options) => ((signal = options.signal), new Promise(() => {}))),
      );
    });
    const task = spawn(waits());
    await until(() => signal);
    expect(signal.aborted).toBe(false);
    task.abort();
    await reasonOf(task);
    expect(signal.aborted).toBe(true);
    expect(await app.counts()).toBe(10101);
    await expectNothingLeft();
  });

  test('a finally that fails is what the task fails with', async () => {
    let began = false;
    const bad = future(function* () {
      try {
        began = true;
        yield* sleep(1000);
      } finally {
        throw new Error('in finally');
      }
    });
    const task = spawn(bad());
    await until(() => began);
    task.abort('why');
    expect(await reasonOf(task)).toMatchObject({ message: 'in finally' });
  });

  test('a finally that awaits is told that it cannot', async () => {
    let began = false;
    const bad = future(function* () {
      try {
        began = true;
        yield* sleep(1000);
      } finally {
        yield* sleep(1);
      }
    });
    const task = spawn(bad());
    await until(() => began);
    task.abort('why');
    expect(await reasonOf(task)).toMatchObject({ code: 'INVALID', message: /cannot await/ });
    await expectNothingLeft();
  });

  test('by a signal; the listener goes (pitfall 13)', async () => {
    const controller = new AbortController();
    const remove = jest.spyOn(controller.signal, 'removeEventListener');
    const add = jest.spyOn(controller.signal, 'addEventListener');
    const { signal } = controller;
    await Promise.all(Array.from({ length: 10_000 }, () => spawn(sleep(1), { signal })));
    expect(add).toHaveBeenCalledTimes(1);
    expect(remove).toHaveBeenCalledTimes(1);
    const task = spawn(step('signalled', 1000), { signal });
    await until(() => log.length === 1);
    controller.abort('stop');
    expect(await reasonOf(task)).toBe('stop');
    expect(taken()).toBe('>signalled <signalled');
  });
});

describe('one promise', () => {
  test('gets one reaction, however many futures wait for it and leave (pitfall 12)', async () => {
    let resolve;
    const promise = new Promise((resolved) => (resolve = resolved));
    const then = jest.spyOn(promise, 'then');
    for (let i = 0; i < 1000; i++) {
      const task = spawn(i % 2 ? from(promise) : from(() => promise));
      task.abort('left');
      expect(await reasonOf(task)).toBe('left');
    }
    const waiting = Array.from({ length: 100 }, () => spawn(from(promise)));
    waiting[50].abort('left');
    resolve('done');
    const ends = await settle(waiting);
    expect(ends.filter(({ value }) => value === 'done')).toHaveLength(99);
    expect(ends[50]).toMatchObject({ reason: 'left' });
    expect(then).toHaveBeenCalledTimes(1);
    expect(await from(promise)).toBe('done'); // it is forgotten, and asked anew
  });

  test('of a function that is given a signal: it is aborted, also when it is asked for late', async () => {
    let kept;
    const task = spawn(from((options) => ((kept = options), new Promise(() => {}))));
    task.abort('why');
    expect(kept.signal).toMatchObject({ aborted: true, reason: 'why' });
    expect(await reasonOf(task)).toBe('why');
  });
});

describe('combinators', () => {
  test('join waits for all', async () => {
    expect(await join(step('a', 5), step('b', 1), sleep(1))).toEqual(['a', 'b', undefined]);
    expect(await join([])).toEqual([]);
    expect(await join([step('c')])).toEqual(['c']);
    const reason = new Error('first');
    expect(await reasonOf(join(step('d', 1, reason), step('e', 5)))).toBe(reason);
    expect(taken()).toMatch(/<e$/);
  });

  test('tryJoin drops the rest at the first failure', async () => {
    const reason = new Error('no');
    expect(await reasonOf(tryJoin(step('a', 1000), step('b', 1, reason)))).toBe(reason);
    expect(taken()).toBe('>a >b <b <a');
    expect(await tryJoin([step('c'), Promise.resolve(1)])).toEqual(['c', 1]);
    taken();
  });

  test('race drops the losers on the spot', async () => {
    expect(await race(step('slow', 1000), step('fast'))).toBe('fast');
    expect(taken()).toBe('>slow >fast <fast <slow');
    const reason = new Error('fails first');
    expect(await reasonOf(race([step('slow', 1000), step('bad', 1, reason)]))).toBe(reason);
    expect(await reasonOf(race([]))).toMatchObject({ code: 'EMPTY' });
    taken();
    await expectNothingLeft();
  });

  test('any takes the first success', async () => {
    expect(await any(from(Promise.reject(1)), step('ok'))).toBe('ok');
    const all = await reasonOf(any(from(Promise.reject(1)), from(Promise.reject(2))));
    expect(all.name).toBe('AggregateError');
    expect(all.errors).toEqual([1, 2]);
    taken();
  });

  test('settle says what became of each', async () => {
    expect(await settle(from(Promise.reject(1)), sleep(1))).toEqual([
      { status: 'rejected', reason: 1 },
      { status: 'fulfilled', value: undefined },
    ]);
  });

  test('timeout', async () => {
    expect(await timeout(step('in time'), 1000)).toBe('in time');
    expect(await reasonOf(timeout(step('late', 1000), 5))).toMatchObject({ code: 'TIMEOUT' });
    expect(taken()).toBe('>in time <in time >late <late');
    const reason = new Error('own');
    expect(await reasonOf(timeout(step('bad', 1, reason), 1000))).toBe(reason);
    taken();
    await expectNothingLeft();
  });

  test('nest', async () => {
    const result = await timeout(join(race(step('a', 3600_000), step('b')), tryJoin(step('c'), sleep(2))), 1000);
    expect(result).toEqual(['b', ['c', undefined]]);
    taken();
    await expectNothingLeft();
  });
});

describe('time', () => {
  test.each([NaN, Infinity, -Infinity, '5'])('%p is no time (pitfall 21)', (ms) =>
    expect(() => sleep(ms)).toThrow(RangeError),
  );
  test('is never early; zero and less is soon (pitfalls 19, 22)', async () => {
    for (const ms of [0, -5, 0.3, 1, 7]) {
      const start = performance.now();
      await sleep(ms);
      expect(performance.now() - start).toBeGreaterThanOrEqual(ms);
    }
  });
  test('a very long one is a sleep like any other (pitfalls 19, 20)', async () => {
    const task = spawn(join(sleep(Number.MAX_VALUE), sleep(2 ** 36 + 0.5)));
    await after(2);
    expect(task.finished).toBe(false);
    task.abort();
    await reasonOf(task);
  });
  test('yields', async () => {
    await join(yieldNow(), yieldHost());
    expect(typeof (await yieldFrame())).toBe('number');
  });
});

test('run gives a promise', async () => {
  const promise = run(step('run'));
  expect(promise).toBeInstanceOf(Promise);
  expect(await promise).toBe('run');
  taken();
});

test('a task is awaited with yield*; whoever does that does not own it', async () => {
  const task = spawn(step('task', 50));
  const waits = future(function* () {
    return yield* task;
  });
  const first = spawn(waits());
  await after(1);
  first.abort('no longer');
  expect(await reasonOf(first)).toBe('no longer');
  expect(await waits()).toBe('task');
  expect(
    await reasonOf(
      future(function* () {
        yield* spawn(step('bad', 1, new Error('bad')));
      })(),
    ),
  ).toMatchObject({ message: 'bad' });
  taken();
  await expectNothingLeft();
});

test('a future that is dropped never runs; one that somebody awaits is theirs', async () => {
  const never = step('never');
  never.drop();
  expect(await reasonOf(never)).toMatchObject({ code: 'CANCELLED' });
  const awaited = step('awaited', 5);
  const task = spawn(join(awaited, sleep(1)));
  await after(1);
  awaited[dispose]();
  expect(await task).toEqual(['awaited', undefined]);
  expect(taken()).toBe('>awaited <awaited');
});

test('a future is told from a promise', () => {
  expect(sleep(1)).toBeInstanceOf(Future);
  expect(String(sleep(1))).toBe('[object Future]');
});
