// C calls JavaScript: what ROUSE_IMPORT makes of an async function (tests/js/programs/imports.c).
import { describe, expect, jest, test } from '@jest/globals';
import { load, RouseError } from '../../dist/index.js';
import { EarlyRejections } from '../../dist/bridge/early-rejections.js';
import { app as loadApp, microtasks, moduleOf, onUnhandled, reasonOf, sleep } from './support/apps.mjs';
import { counting } from './support/platform.mjs';

const unused = () => {
  throw new Error('not expected to be called');
};
const none = {
  fetchText: unused,
  measure: unused,
  getI32: unused,
  getValue: unused,
  getBytes: unused,
  beep: unused,
};
const app = (imports = {}) => loadApp('imports', { imports: { ...none, ...imports } });

/** A promise, and how to settle it. */
function deferred() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

describe('a call', () => {
  test('gives its arguments and gets the result, of every kind', async () => {
    const value = { any: 'value' };
    const measure = jest.fn(async () => 42);
    const { measure_all } = await app({ measure });
    expect(await measure_all(value)).toBe(42);
    const [a, b, c, d, e, f, options] = measure.mock.calls[0];
    expect([a, b, c, d, [...e]]).toEqual([-7, -(2n ** 63n), 0.5, true, [1, 2]]);
    expect(f).toBe(value);
    expect(options.signal.aborted).toBe(false);
  });

  test('gets strings and bytes, which are the future\u2019s', async () => {
    const one = await app({
      fetchText: async (url) => `${url}!`,
      getBytes: async () => Uint8Array.of(1, 2, 3),
    });
    expect(await one.download('a\u00e9')).toBe('a\u00e9!');
    expect([...(await one.pass_bytes())]).toEqual([1, 2, 3]);
    await microtasks();
    expect(one.inUse).toMatchObject({ owned: 0, handles: 0, imports: 0 });
  });

  test('by its name in C as well', async () => {
    const one = await loadApp('imports', { imports: { ...none, fetchText: undefined, fetch_text: () => 'c' } });
    expect(await one.download('')).toBe('c');
  });

  test('may give its result at once, without a promise', async () => {
    const one = await app({ getI32: () => 5 });
    expect(await one.sum(3)).toBe(15);
  });

  test('may give any thenable, which is asked anew each time', async () => {
    let asked = 0;
    const thenable = { then: (ok) => ok(++asked) };
    const one = await app({ getI32: () => thenable });
    expect(await one.sum(3)).toBe(6);
  });

  test('that gives what was not agreed on is a TypeError', async () => {
    const one = await app({ getI32: async () => 'seven', fetchText: () => undefined });
    expect(await reasonOf(one.sum(1))).toMatchObject({
      name: 'TypeError',
      message: 'get_i32: its result must be an integer of 32 bits, not the string "seven"',
    });
    expect(await reasonOf(one.download(''))).toMatchObject({ name: 'TypeError' });
  });

  test('that is missing is named when the module is loaded', async () => {
    const module = await moduleOf('imports');
    const error = await reasonOf(load(module, { imports: { ...none, fetchText: undefined, beep: 7 } }));
    expect(error).toBeInstanceOf(RouseError);
    expect(error).toMatchObject({ code: 'MISSING_IMPORT' });
    expect(error.message).toMatch(/beep, fetchText|fetchText, beep/);
  });

  test('is not looked up in what every object has', async () => {
    const imports = Object.create({ beep: () => {} });
    expect(await reasonOf(load(await moduleOf('imports'), { imports }))).toMatchObject({
      code: 'MISSING_IMPORT',
    });
  });
});

describe('what JavaScript throws', () => {
  const cases = { 'an error': new TypeError('bad'), 'a string': 'bad', undefined, 'an object': {} };
  test.each(Object.keys(cases))('%s keeps its identity through C', async (name) => {
    const reason = cases[name];
    const reject = await app({ fetchText: () => Promise.reject(reason) });
    expect(await reasonOf(reject.download(''))).toBe(reason);
    const sync = await app({
      fetchText() {
        throw reason;
      },
    });
    expect(await reasonOf(sync.download(''))).toBe(reason);
    expect(await sync.finals()).toBe(1);
    await microtasks();
    expect(sync.inUse.thrown).toBe(0);
  });

  test('also when C catches it, does other things, and fails with it later', async () => {
    const reason = new Error('first');
    const one = await app({ beep: () => Promise.reject(reason), getI32: async () => 1 });
    expect(await reasonOf(one.fail_later())).toBe(reason);
  });

  test('thousands at once are bounded, the latest are themselves', async () => {
    const one = await app({ beep: async () => Promise.reject(new Error('many')) });
    const reasons = await Promise.all(Array.from({ length: 1000 }, () => reasonOf(one.beeper())));
    expect(reasons.every((reason) => reason instanceof Error)).toBe(true);
    expect(one.inUse.thrown).toBeLessThanOrEqual(256);
  });
});

describe('cancel', () => {
  test('aborts the signal that was passed', async () => {
    let seen;
    const one = await app({
      fetchText: (url, { signal }) => ((seen = signal), new Promise(() => {})),
    });
    const task = one.spawn(one.download('x'));
    await microtasks();
    expect(seen.aborted).toBe(false);
    task.abort();
    expect(seen.aborted).toBe(true);
    await reasonOf(task);
    expect(await one.finals()).toBe(1);
    expect(one.inUse).toMatchObject({ imports: 0, calls: 0, owned: 0 });
  });

  test('a signal asked for too late is aborted', async () => {
    let options;
    const one = await app({ beep: (given) => ((options = given), new Promise(() => {})) });
    const task = one.spawn(one.beeper());
    await microtasks();
    task.abort();
    expect(options.signal.aborted).toBe(true);
    await reasonOf(task);
  });

  test('gives its reason to the signal', async () => {
    let seen;
    const one = await app({ fetchText: (url, { signal }) => ((seen = signal), new Promise(() => {})) });
    const task = one.spawn(one.download('x'));
    await microtasks();
    task.abort('the user left');
    expect(seen.reason).toBe('the user left');
    await reasonOf(task);
  });

  test('then the promise settles: nobody is there, nothing happens (pitfall 10)', async () => {
    const { promise, resolve } = deferred();
    const one = await app({ fetchText: () => promise });
    const task = one.spawn(one.download('x'));
    await microtasks();
    task.abort('gone');
    const other = one.spawn(one.sum(0)); // may get the same memory
    resolve('late');
    expect(await reasonOf(task)).toBe('gone');
    expect(await other).toBe(0);
  });

  test('then the promise is rejected: that is seen, not reported (pitfall 11)', async () => {
    const unhandled = jest.fn();
    const stop = onUnhandled(unhandled);
    const { promise, reject } = deferred();
    const one = await app({ fetchText: () => promise });
    const task = one.spawn(one.download('x'));
    await microtasks();
    task.abort();
    await reasonOf(task);
    reject(new Error('late'));
    await sleep(5);
    stop();
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('between settling and the turn that would tell C', async () => {
    const { promise, resolve } = deferred();
    const never = new Promise(() => {});
    const one = await app({ getValue: () => promise });
    // Somebody else waits as well: then the turn is not at once, for both might be done.
    const other = one.spawn(one.await_value(never));
    const task = one.spawn(one.pass_value(1));
    await microtasks();
    resolve({});
    promise.then(() => task.abort('now'));
    expect(await reasonOf(task)).toBe('now');
    other.abort();
    expect(one.inUse).toMatchObject({ imports: 0, handles: 0, owned: 0 });
  });
});

describe('one promise', () => {
  test('gets one reaction, however many wait (pitfall 12)', async () => {
    const { promise, resolve } = deferred();
    const then = jest.spyOn(promise, 'then');
    const one = await app();
    const tasks = Array.from({ length: 1000 }, () => one.spawn(one.await_value(promise)));
    await microtasks();
    expect(then).toHaveBeenCalledTimes(1);
    resolve('done');
    expect(new Set(await Promise.all(tasks))).toEqual(new Set(['done']));
  });

  test('awaited and left a million times does not grow (pitfall 12)', async () => {
    const { promise, resolve } = deferred();
    const then = jest.spyOn(promise, 'then');
    const one = await app();
    const { pages } = one.inUse;
    expect(await one.await_and_leave(promise, 1_000_000)).toBe(true);
    expect(then).toHaveBeenCalledTimes(1);
    expect(one.inUse).toMatchObject({ imports: 0, handles: 0, pages });
    resolve(7);
    expect(await one.await_value(promise)).toBe(7);
  });

  test('two that take turns as well', async () => {
    const promises = [new Promise(() => {}), new Promise(() => {})];
    const spies = promises.map((promise) => jest.spyOn(promise, 'then'));
    const one = await app();
    for (let i = 0; i < 10; i++) {
      const tasks = promises.map((promise) => one.spawn(one.await_value(promise)));
      await microtasks();
      for (const task of tasks) task.abort();
      await Promise.all(tasks.map(reasonOf));
    }
    for (const spy of spies) expect(spy.mock.calls.length).toBeLessThanOrEqual(1);
  });

  test('that is rejected already, and that C never awaits, is reported when no task is left', async () => {
    const ignored = new Error('nobody awaits it');
    const report = jest.spyOn(Promise, 'reject');
    const early = new EarlyRejections();
    const [kept, awaited] = [Promise.reject(ignored), Promise.reject(new Error('awaited'))];
    early.begun([kept, awaited, 7]);
    early.hop();
    await microtasks();
    report.mockReset().mockReturnValue(undefined);
    early.awaited(awaited);
    early.idle();
    early.idle();
    expect(report.mock.calls).toEqual([[ignored]]);
    report.mockRestore();
  });

  test('that is none is its own result; a rejected one rejects', async () => {
    const one = await app();
    expect(await one.await_value(7)).toBe(7);
    expect(await one.await_value(Promise.resolve('x'))).toBe('x');
    expect(await reasonOf(one.await_value(Promise.reject('no')))).toBe('no');
    expect(await one.await_value({ then: (ok) => ok(1) })).toBe(1);
    const broken = {
      get then() {
        throw new Error('getter');
      },
    };
    expect(await reasonOf(one.await_value(broken))).toMatchObject({ message: 'getter' });
  });
});

test('a value that C clones outlives the call; a stale handle finds nothing', async () => {
  const one = await app();
  const [a, b] = [{}, {}];
  expect(await one.keep(a)).toBe(undefined);
  expect(await one.keep(b)).toBe(a);
  expect(await one.keep(undefined)).toBe(b);
  expect(one.inUse.handles).toBe(1);
  expect(await one.keep(undefined)).toBe(undefined);
  expect(one.inUse.handles).toBe(0);
});

describe('iterators', () => {
  test('async ones, plain ones and stream readers', async () => {
    const one = await app();
    async function* three() {
      yield* [1, 2, 3];
    }
    expect(await one.count_items(three())).toBe(3);
    expect(await one.count_items([1, 2].values())).toBe(2);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue('a');
        controller.enqueue('b');
        controller.close();
      },
    });
    expect(await one.count_items(stream.getReader())).toBe(2);
    await microtasks();
    expect(one.inUse).toMatchObject({ handles: 0, owned: 0 });
  });
});

test('what is no iterator says so', async () => {
  const one = await app();
  expect((await reasonOf(one.count_items(7))).message).toMatch(/^rouse_js_next takes an iterator/);
  expect(() => one.count_items()).toThrow('count_items takes 1 argument, not 0');
});

describe('the web', () => {
  test('a stream is read and another written, with backpressure (pitfall 35)', async () => {
    const one = await app();
    const chunks = [Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3)];
    const from = new ReadableStream({
      pull(controller) {
        if (chunks.length > 0) controller.enqueue(chunks.shift());
        else controller.close();
      },
    });
    const written = [];
    let busy = 0;
    const to = new WritableStream({
      async write(chunk) {
        expect(++busy).toBe(1);
        await sleep(2);
        busy--;
        written.push(...chunk);
      },
    });
    expect(await one.pipe_bytes(from, to)).toBe(3);
    expect(written).toEqual([1, 2, 3]);
    expect([from.locked, to.locked]).toEqual([false, false]);
    await microtasks();
    expect(one.inUse).toMatchObject({ handles: 0, owned: 0 });
  });

  test('a stream that fails, fails in C with its own reason', async () => {
    const one = await app();
    const reason = new Error('broken');
    const from = new ReadableStream({ pull: () => Promise.reject(reason) });
    expect(await reasonOf(one.pipe_bytes(from, new WritableStream()))).toBe(reason);
    expect(from.locked).toBe(false);
  });

  test('an event is awaited once, and nobody listens any more', async () => {
    const one = await app();
    const target = new EventTarget();
    const first = one.spawn(one.on_event(target));
    await sleep(2);
    const event = new Event('ping');
    target.dispatchEvent(event);
    expect(await first).toBe(event);
    const second = one.spawn(one.on_event(target));
    await sleep(2);
    const remove = jest.spyOn(target, 'removeEventListener');
    second.abort();
    await reasonOf(second);
    target.dispatchEvent(new Event('ping'));
    expect(remove.mock.calls.length).toBeLessThanOrEqual(1);
    expect(one.inUse).toMatchObject({ handles: 0, imports: 0 });
  });

  test('fetch', async () => {
    const one = await app();
    const response = await one.get_url('data:text/plain,hello');
    expect(await response.text()).toBe('hello');
    expect((await reasonOf(one.get_url('nowhere:'))).name).toBe('TypeError');
  });
});

describe('the thread', () => {
  test('a thousand yields to the host take no clamped timers; timers run in between (pitfall 17)', async () => {
    const { platform, count } = counting();
    const one = await loadApp('imports', { imports: none, platform });
    await one.yields(1000);
    expect(count.set).toBe(0);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    while (ticks === 0) await one.yields(1000); // for ever, if no timer ran in between
    clearInterval(timer);
  });

  test('a callback calls C in the middle of a poll (pitfalls 7, 8)', async () => {
    const inner = [];
    const one = await app({
      getI32() {
        const task = one.spawn(one.sum(0));
        const doomed = one.spawn(one.beeper());
        doomed.abort();
        inner.push(task, doomed);
        one.dump();
        return 1;
      },
    });
    expect(await one.sum(10)).toBe(10);
    expect(inner.length).toBe(20);
    expect((await Promise.allSettled(inner)).map(({ status }) => status).slice(0, 2)).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(one.inUse.calls).toBe(0);
  });

  test('a callback aborts the very task that called it', async () => {
    let task;
    const one = await app({ getI32: () => (task.abort('me'), 1) });
    task = one.spawn(one.sum(1000)); // more than one poll may do
    expect(await reasonOf(task)).toBe('me');
    expect(one.inUse).toMatchObject({ calls: 0, imports: 0 });
  });

  test('a callback drops the app', async () => {
    const one = await app({ beep: () => one.drop() });
    await one.beeper();
    expect(await reasonOf(one.beeper())).toMatchObject({ code: 'CLOSED' });
  });
});
