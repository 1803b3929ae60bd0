// JavaScript calls C: what ROUSE_EXPORT makes of an async function (tests/js/programs/bridge.c).
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Future, load, RouseError, Task } from '../../dist/index.js';
import { app as loadApp, asyncDispose, microtasks, moduleOf, reasonOf, sleep } from './support/apps.mjs';

let app;
beforeAll(async () => (app = await loadApp('bridge')));

/** [started, finished, cancelled] naps since the module was loaded. */
async function counts(of = app) {
  const all = await of.counts();
  return [Math.floor(all / 10000), Math.floor(all / 100) % 100, all % 100];
}

describe('kinds', () => {
  test('i32, i64, f64, bool', async () => {
    expect(await app.add(2, 40)).toBe(42);
    expect(await app.add(-(2 ** 31), -1)).toBe(2 ** 31 - 1);
    expect(await app.twice(2n ** 61n)).toBe(2n ** 62n);
    expect(await app.twice(-5)).toBe(-10n);
    expect(await app.half(-Infinity)).toBe(-Infinity);
    expect(await app.half(NaN)).toBeNaN();
    expect(await app.invert(true)).toBe(false);
    expect(await app.invert(false)).toBe(true);
  });

  test('all of them at once', async () => {
    const bytes = Uint8Array.of(0, 1, 2);
    expect(await app.every_kind(true, -(2n ** 63n), 1.6, 'gr\u00fcn \u{1f33f}', bytes)).toBe(
      'ymfabcgr\u00fcn \u{1f33f}',
    );
  });

  test.each(['', 'a', 'x'.repeat(70_000), '\u{10ffff}\u00e9'])('strings are copied', async (text) =>
    expect(await app.echo_text(text)).toBe(text),
  );

  test('half of a surrogate pair becomes U+FFFD, as everywhere', async () =>
    expect(await app.echo_text('a\ud800b')).toBe('a\ufffdb'));

  test('bytes: views of any kind, and their own copy', async () => {
    const wide = Uint8Array.of(9, 1, 2, 3, 9);
    const view = wide.subarray(1, 4);
    const call = app.spawn(app.echo_bytes(view));
    wide.fill(0);
    expect([...(await call)]).toEqual([1, 2, 3]);
    expect([...(await app.echo_bytes(new Uint16Array([1])))]).toEqual([1, 0]);
    expect((await app.echo_bytes(new ArrayBuffer(100_000))).length).toBe(100_000);
    expect((await app.echo_bytes(new Uint8Array())).length).toBe(0);
  });

  test('a source that was detached since is an error, not garbage (pitfall 34)', async () => {
    const bytes = new Uint8Array(8);
    const call = app.echo_bytes(bytes);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    expect((await reasonOf(call)).name).toBe('TypeError');
  });

  test('any value, itself', async () => {
    for (const value of [{}, null, undefined, 0, 'text', Symbol('s'), () => {}, [1]])
      expect(await app.echo_value(value)).toBe(value);
    expect(app.inUse.handles).toBe(0);
  });

  test('what is none of the kind is refused where it is called', () => {
    const wrong = [
      () => app.add(1.5, 2),
      () => app.add(2 ** 31, 2),
      () => app.add('1', 2),
      () => app.add(1),
      () => app.add(1, 2, 3),
      () => app.twice(2n ** 63n),
      () => app.twice(1.5),
      () => app.half('1'),
      () => app.invert(1),
      () => app.echo_text(7),
      () => app.echo_text('a\0b'),
      () => app.echo_bytes([1]),
    ];
    for (const call of wrong) expect(call).toThrow(TypeError);
    expect(() => app.add(1.5, 2)).toThrow('add: a must be an integer of 32 bits, not 1.5');
  });

  test('the memory may grow during any call (pitfall 33)', async () => {
    const grown = await loadApp('bridge');
    const before = grown.inUse.pages;
    const calls = Array.from({ length: 50 }, (_, i) => grown.spawn(grown.echo_text(`${i}`.repeat(9999))));
    expect(grown.inUse.pages).toBeGreaterThan(before);
    expect((await Promise.all(calls)).every((text, i) => text === `${i}`.repeat(9999))).toBe(true);
  });
});

describe('laziness', () => {
  test('a call runs nothing; awaiting it does, once', async () => {
    const [before] = await counts();
    const nap = app.nap(1);
    await sleep(10);
    expect(await counts()).toEqual([before, before, 0]);
    expect(nap).toBeInstanceOf(Future);
    await nap;
    await nap;
    await Promise.all([nap, nap]);
    expect(await counts()).toEqual([before + 1, before + 1, 0]);
  });

  test('the same result for everybody', async () => {
    const value = {};
    const call = app.echo_value(value);
    const seen = await Promise.all([call, call.then((v) => v), (async () => call)(), call]);
    expect(seen).toEqual([value, value, value, value]);
    expect(seen.every((v) => v === value)).toBe(true);
  });

  test('`then` gives a promise and calls back later', async () => {
    const order = [];
    const promise = app.add(1, 1).then((sum) => order.push(sum));
    order.push('first');
    expect(promise).toBeInstanceOf(Promise);
    await promise;
    expect(order).toEqual(['first', 2]);
  });

  test('catch and finally are there', async () => {
    expect(await app.fail(-1000).catch((error) => error.status)).toBe(-1000);
    let ran = false;
    expect(await app.add(1, 2).finally(() => (ran = true))).toBe(3);
    expect(ran).toBe(true);
  });
});

describe('tasks', () => {
  test('run without being awaited, and say when they are finished', async () => {
    const task = app.spawn(app.nap(5), { name: 'little nap' });
    expect(task).toBeInstanceOf(Task);
    expect([task.name, task.finished]).toEqual(['little nap', false]);
    for (let tries = 0; tries < 100 && !task.finished; tries++) await sleep(20);
    expect(task.finished).toBe(true);
    await task;
  });

  test('abort cancels in C: FINALLY has run, the reason rejects', async () => {
    const one = await loadApp('bridge');
    const task = one.spawn(one.nap(3600_000));
    await microtasks();
    const reason = { why: 'enough' };
    task.abort(reason);
    expect(task.finished).toBe(true);
    expect(await reasonOf(task)).toBe(reason);
    task.abort('again');
    expect(await reasonOf(task)).toBe(reason);
    expect(await counts(one)).toEqual([1, 1, 1]);
    expect(one.inUse.calls).toBe(0);
  });

  test('aborted before the first poll: FINALLY runs even so, the body does not', async () => {
    const one = await loadApp('bridge');
    const task = one.spawn(one.nap(1));
    task.abort();
    expect((await reasonOf(task)).name).toBe('AbortError');
    expect(await counts(one)).toEqual([0, 1, 1]);
  });

  test('abort without a reason gives what the platform gives', async () => {
    const task = app.spawn(app.forever());
    task.abort();
    const controller = new AbortController();
    controller.abort();
    expect((await reasonOf(task)).name).toBe(controller.signal.reason.name);
  });

  test('a signal aborts; one that was aborted before lets nothing start', async () => {
    const one = await loadApp('bridge');
    const controller = new AbortController();
    const task = one.spawn(one.nap(3600_000), { signal: controller.signal });
    await microtasks();
    controller.abort('stop');
    expect(await reasonOf(task)).toBe('stop');
    const late = one.spawn(one.nap(1), { signal: controller.signal });
    expect(await reasonOf(late)).toBe('stop');
    expect(await counts(one)).toEqual([1, 1, 1]);
  });

  test('await using ends it', async () => {
    const task = app.spawn(app.forever());
    await task[asyncDispose]();
    expect(task.finished).toBe(true);
  });

  test('a thousand at once', async () => {
    const tasks = Array.from({ length: 1000 }, (_, i) => app.spawn(app.add(i, i)));
    expect(await Promise.all(tasks)).toEqual(tasks.map((_, i) => 2 * i));
  });
});

describe('failures', () => {
  test('have code, message, status and the chain of awaits', async () => {
    const error = await reasonOf(app.fail(-1001));
    expect(error).toBeInstanceOf(RouseError);
    expect(error).toMatchObject({ code: 'USER', status: -1001, message: 'no luck with -1001' });
    expect(error.futureStack.map((frame) => frame.function)).toEqual(['fail_inside', 'fail']);
    for (const { file, line } of error.futureStack) {
      expect(file).toMatch(/bridge\.c$/);
      expect(line).toBeGreaterThan(100);
    }
    expect(error.stack).toMatch(/at async fail_inside \(.*bridge\.c:\d+\)\n.*at async fail /);
  });

  test('rouse\u2019s own codes are by name', async () => {
    expect(await reasonOf(app.fail(-4))).toMatchObject({ code: 'TIMEOUT', status: -4 });
    expect(await reasonOf(app.fail(-3))).toMatchObject({ code: 'CLOSED' });
  });

  test('a trap rejects all that is pending; later calls fail fast; others go on (pitfall 36)', async () => {
    const bad = await loadApp('bridge');
    const good = await loadApp('bridge');
    const waiting = [bad.spawn(bad.forever()), bad.nap(3600_000).then(() => {})];
    const other = good.spawn(good.nap(5));
    const error = await reasonOf(bad.trap());
    expect(error).toMatchObject({ code: 'TRAPPED', cause: { name: 'RuntimeError' } });
    for (const each of waiting) expect(await reasonOf(each)).toBe(error);
    expect(await reasonOf(bad.add(1, 2))).toBe(error);
    expect(bad.dump()).toContain('task');
    expect(bad.inUse.calls).toBe(0);
    await other;
    expect(await good.add(1, 2)).toBe(3);
  });

  test('drop cancels what runs; what comes later is refused', async () => {
    const one = await loadApp('bridge');
    const task = one.spawn(one.nap(3600_000));
    const lazy = one.add(1, 2);
    await microtasks();
    one.drop();
    expect(await reasonOf(task)).toMatchObject({ code: 'CANCELLED' });
    expect(await reasonOf(lazy)).toMatchObject({ code: 'CLOSED' });
    one.drop();
  });
});

describe('streams', () => {
  const collect = async (stream) => {
    const items = [];
    for await (const item of stream) items.push(item);
    return items;
  };

  test('are iterated', async () => {
    expect(await collect(app.count_to(4))).toEqual([1, 2, 3, 4]);
    expect(await collect(app.countTo(0))).toEqual([]);
  });

  test('are lazy, and pulled one by one', async () => {
    const one = await loadApp('bridge');
    const stream = one.count_to(1000);
    await sleep(5);
    expect((await counts(one))[0]).toBe(0);
    const iterator = stream[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    await sleep(5);
    expect(await iterator.next()).toEqual({ done: false, value: 2 });
    expect(await iterator.return()).toEqual({ done: true, value: undefined });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(await counts(one)).toEqual([1, 0, 1]);
    expect(one.inUse.calls).toBe(0);
  });

  test('break cancels (pitfall 35)', async () => {
    const one = await loadApp('bridge');
    for await (const item of one.count_to(1000)) if (item === 3) break;
    expect(await counts(one)).toEqual([1, 0, 1]);
  });

  test('several are asked for at once, and come in order', async () => {
    const iterator = app.count_to(2)[Symbol.asyncIterator]();
    const results = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
    expect(results.map(({ value }) => value)).toEqual([1, 2, undefined, undefined]);
    expect(results.map(({ done }) => done)).toEqual([false, false, true, true]);
  });

  test('a failure is told once, then it is over', async () => {
    const failing = app.fail(-4)[Symbol.asyncIterator]();
    expect(await reasonOf(failing.next())).toMatchObject({ code: 'TIMEOUT' });
    expect(await failing.next()).toEqual({ done: true, value: undefined });
  });
});

describe('the app', () => {
  test('has every function by both names', async () => {
    expect(app.everyKind).toBe(app.every_kind);
    expect(app.exports.everyKind).toBe(app.every_kind);
    expect(Object.keys(app.exports)).toEqual(expect.arrayContaining(['add', 'echo_text', 'echoText']));
    expect(app.echo_text.name).toBe('echoText');
    expect(app.echo_text.length).toBe(1);
  });

  test('is no thenable', async () => expect((await Promise.resolve(app)).add).toBe(app.add));

  test('dumps what runs', async () => {
    const one = await loadApp('bridge');
    const task = one.spawn(one.nap(3600_000));
    await microtasks();
    expect(one.dump()).toMatch(/nap[\s\S]*rouse_sleep/);
    task.abort();
  });

  test('is loaded several times, each with its own memory', async () => {
    const apps = await Promise.all([loadApp('bridge'), loadApp('bridge')]);
    await apps[0].nap(0);
    expect(await counts(apps[0])).toEqual([1, 1, 0]);
    expect(await counts(apps[1])).toEqual([0, 0, 0]);
  });

  test('is no command, and a program of its own has no functions', async () => {
    expect(await reasonOf(load(await moduleOf('block_on')))).toMatchObject({ code: 'INVALID' });
    const program = await load(await moduleOf('nap'));
    expect(Object.keys(program.exports)).toEqual([]);
  });
});
