// scope: nothing outlives it but its own cleanup, which nothing cancels. What the platform hears of is in
// process.test.mjs.
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ready, scope, settle, sleep, spawn, Task, timeout, future, from, yieldNow } from '../../dist/index.js';
import { app as loadApp, reasonOf, until } from './support/apps.mjs';
import { expectNothingLeft, log, step, taken } from './support/steps.mjs';

beforeAll(() => ready());
beforeEach(() => void log.splice(0));

describe('a scope', () => {
  test('is done when its tasks are', async () => {
    let inner;
    const result = await scope(function* (s) {
      inner = s.spawn(step('child', 5), { name: 'kid' });
      expect([inner instanceof Task, inner.name, s.size]).toEqual([true, 'kid', 1]);
      return 'result';
    });
    expect([result, inner.finished]).toEqual(['result', true]);
    expect(taken()).toBe('>child <child');
  });

  test('a failing task cancels the others and the body', async () => {
    const reason = new Error('child');
    const failing = scope(function* (s) {
      s.spawn(step('other', 1000));
      s.spawn(step('bad', 1, reason));
      try {
        yield* sleep(1000);
      } finally {
        log.push('body');
      }
    });
    expect(await reasonOf(failing)).toBe(reason);
    expect(taken().split(' ').sort()).toEqual(['<bad', '<other', '>bad', '>other', 'body']);
    await expectNothingLeft();
  });

  test('a failing body cancels the tasks', async () => {
    const reason = new Error('body');
    const failing = scope(function* (s) {
      s.spawn(step('child', 1000));
      yield* yieldNow();
      throw reason;
    });
    expect(await reasonOf(failing)).toBe(reason);
    expect(taken()).toBe('>child <child');
    await expectNothingLeft();
  });

  test('that is cancelled cancels its tasks, and the scopes in it', async () => {
    const task = spawn(
      scope(function* (s) {
        s.spawn(step('child', 1000));
        s.spawn(
          scope(function* (inner) {
            inner.spawn(step('grandchild', 1000));
            yield* sleep(1000);
          }),
        );
        yield* sleep(1000);
      }),
    );
    await until(() => log.length === 2);
    task.abort('why');
    expect(await reasonOf(task)).toBe('why');
    expect(taken().split(' ').sort()).toEqual(['<child', '<grandchild', '>child', '>grandchild']);
    await expectNothingLeft();
  });

  test('may supervise: what fails ends neither the others nor the scope', async () => {
    const reason = new Error('child');
    const result = await scope(
      function* (s) {
        const task = s.spawn(step('bad', 1, reason));
        s.spawn(step('good', 10));
        return (yield* settle(task))[0].reason;
      },
      { supervise: true },
    );
    expect(result).toBe(reason);
    expect(taken()).toBe('>bad >good <bad <good');
    await expectNothingLeft();
  });

  test('goes on when one task is aborted: that is no failure', async () => {
    const controller = new AbortController();
    const result = await scope(function* (s) {
      const task = s.spawn(step('by hand', 1000));
      s.spawn(step('by signal', 1000), { signal: controller.signal });
      yield* yieldNow();
      task.abort();
      controller.abort();
      yield* yieldNow(); // they end once C is off the stack
      return s.size;
    });
    expect(result).toBe(0);
    expect(taken()).toBe('>by hand >by signal <by hand <by signal');
  });

  test('cancelled from inside, the first reason counts; what comes later never runs', async () => {
    let signal;
    const cancelled = scope(function* (s) {
      signal = s.signal;
      s.spawn(step('child', 1000));
      yield* yieldNow();
      s.cancel('why');
      s.cancel('later');
      try {
        yield* sleep(1000);
      } finally {
        s.spawn(step('never'));
        log.push('body');
      }
    });
    expect(await reasonOf(cancelled)).toBe('why');
    expect([signal.aborted, signal.reason]).toEqual([true, 'why']);
    expect(taken()).toBe('>child body <child');
    const empty = scope(function* (s) {
      s.cancel();
      yield* sleep(1000);
    });
    expect((await reasonOf(empty)).name).toBe('AbortError');
    await expectNothingLeft();
  });

  test('that has enough ends its tasks, and is done as its body is', async () => {
    const result = await scope(function* (s) {
      s.spawn(step('child', 1000));
      yield* yieldNow();
      s.stop();
      return 'enough';
    });
    expect(result).toBe('enough');
    expect(taken()).toBe('>child <child');
    await expectNothingLeft();
  });

  test('has room for so many tasks at once', async () => {
    let [now, most, done] = [0, 0, 0];
    const job = future(function* () {
      most = Math.max(most, ++now);
      yield* sleep(1);
      now--;
      done++;
    });
    await scope(function* (s) {
      for (let i = 0; i < 10; i++) {
        yield* s.room(3);
        s.spawn(job());
      }
    });
    expect([most, done]).toEqual([3, 10]);
    await scope(function* (s) {
      s.spawn(sleep(3600_000));
      expect((yield* settle(timeout(s.room(1), 1)))[0].status).toBe('rejected');
      s.stop();
      yield* s.room(1);
      expect(() => s.room(0)).toThrow(RangeError);
    });
    await expectNothingLeft();
  });

  test('that is over runs nothing more', async () => {
    let late;
    await scope(function* (s) {
      late = s;
    });
    expect(late.signal.aborted).toBe(true);
    const task = late.spawn(step('late'));
    expect([task.finished, (await reasonOf(task)).name]).toEqual([true, 'AbortError']);
    expect(taken()).toBe('');
    await expectNothingLeft();
  });

  test('ends calls of C and functions with a signal as well', async () => {
    const app = await loadApp('bridge');
    let signal;
    const task = spawn(
      scope(function* (s) {
        s.spawn(app.nap(3600_000));
        s.spawn(from((options) => ((signal = options.signal), new Promise(() => {}))));
        yield* sleep(1000);
      }),
    );
    await until(() => signal);
    task.abort();
    await reasonOf(task);
    expect([signal.aborted, await app.counts()]).toEqual([true, 10101]);
    await expectNothingLeft();
  });
});

describe('what a scope defers', () => {
  test('runs when every task has ended, the last first, and the scope waits for it', async () => {
    const result = await scope(function* (s) {
      s.defer(step('first', 5));
      s.defer(async () => void log.push('function'));
      s.spawn(step('child', 5));
      return 'result';
    });
    expect(result).toBe('result');
    expect(taken()).toBe('>child <child function >first <first');
    await expectNothingLeft();
  });

  test('runs when a task has failed, too', async () => {
    const reason = new Error('child');
    const failing = scope(function* (s) {
      s.defer(step('cleanup', 5));
      s.spawn(step('bad', 1, reason));
      yield* sleep(1000);
    });
    expect(await reasonOf(failing)).toBe(reason);
    expect(taken()).toBe('>bad <bad >cleanup <cleanup');
    await expectNothingLeft();
  });

  test('is not cancelled with the scope, nor while it waits for it', async () => {
    const defers = (ms) =>
      scope(function* (s) {
        s.defer(step('a', 30));
        try {
          if (ms > 1) log.push('body');
          yield* sleep(ms);
        } finally {
          s.defer(step('b', 30));
        }
      });
    for (const ms of [1000, 1]) {
      const task = spawn(defers(ms));
      await until(() => log.length === 1); // it waits in its body, or for its cleanup
      log.splice(0);
      task.abort('why');
      expect(await reasonOf(task)).toBe('why');
      await until(() => log.includes('<a'));
      expect(taken()).toMatch(/^(>b )?<b >a <a$/);
      await expectNothingLeft();
    }
  });

  test('runs at once where the scope is over', async () => {
    let late;
    await scope(function* (s) {
      late = s;
    });
    late.defer(step('late', 1));
    await until(() => log.length === 2);
    expect(taken()).toBe('>late <late');
    expect(() => late.defer(7)).toThrow(TypeError);
    await expectNothingLeft();
  });
});
