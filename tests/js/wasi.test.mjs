// The WASI shim by hand, on a memory of our own.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Buffer } from 'node:buffer';
import { Exit, guarded, viewOf, wasiCalls } from '../../dist/host/wasi.js';

const [OK, EBADF, EFAULT, EINVAL, EIO, ENOSYS, ESPIPE] = [0, 8, 21, 28, 29, 52, 70];
let memory, written, works, wasi;

/** All of it, for a module of which `link` is known. */
function wasiFor(host, link = {}, args = []) {
  const view = viewOf(() => memory);
  const texts = args.map((arg) => Buffer.from(`${arg}\0`));
  return guarded(wasiCalls(view, host, link, texts));
}
beforeEach(() => {
  memory = new WebAssembly.Memory({ initial: 3 });
  written = [];
  works = true;
  const write = (fd, bytes) => (written.push([fd, Buffer.from(bytes).toString()]), works);
  const read = () => new Uint8Array();
  wasi = wasiFor({ write, read, now: () => 12.5 }, {}, ['a', 'b\u00e9']);
});
const word = (at) => new DataView(memory.buffer).getUint32(at, true);
const long = (at) => new DataView(memory.buffer).getBigUint64(at, true);
function parts(...texts) {
  let at = 1000;
  texts.forEach((text, i) => {
    new Uint32Array(memory.buffer, 100 + 8 * i, 2).set([at, text.length]);
    new Uint8Array(memory.buffer, at, text.length).set(Buffer.from(text));
    at += text.length;
  });
  return [100, texts.length];
}

describe('text', () => {
  test('is written part by part, to stdout and stderr only', () => {
    expect(wasi.fd_write(1, ...parts('one ', 'two'), 8)).toBe(OK);
    expect(word(8)).toBe(7);
    expect(written).toEqual([
      [1, 'one '],
      [1, 'two'],
    ]);
    for (const fd of [0, 3, -1]) expect(wasi.fd_write(fd, ...parts('x'), 8)).toBe(EBADF);
    works = false;
    expect(wasi.fd_write(2, ...parts('x'), 8)).toBe(EIO);
  });

  test('after the memory grew', () => {
    memory.grow(1);
    expect(wasi.fd_write(1, ...parts('x'), 8)).toBe(OK);
  });

  test('outside of the memory is a fault, not an exception', () => {
    expect(wasi.fd_write(1, -8, 1, 8)).toBe(EFAULT);
    expect(wasi.fd_write(1, ...parts('x'), 200_000)).toBe(EFAULT);
  });

  test('comes from nowhere: stdin is at its end, there are no files', () => {
    expect([wasi.fd_read(0, 100, 1, 8), word(8)]).toEqual([OK, 0]);
    expect([wasi.fd_read(1, 100, 1, 8), wasi.fd_prestat_get(3, 8)]).toEqual([EBADF, EBADF]);
    expect([wasi.fd_close(1), wasi.fd_close(-1), wasi.fd_seek(1), wasi.fd_seek(9)]).toEqual([OK, EBADF, ESPIPE, EBADF]);
    expect([wasi.fd_fdstat_get(1, 8), word(8), wasi.fd_fdstat_get(3, 8)]).toEqual([OK, 2, EBADF]);
  });
});

test('arguments', () => {
  expect(wasi.args_sizes_get(0, 4)).toBe(OK);
  expect([word(0), word(4)]).toEqual([2, 6]);
  expect(wasi.args_get(16, 64)).toBe(OK);
  expect([word(16), word(20)]).toEqual([64, 66]);
  expect(Buffer.from(memory.buffer, 64, 6).toString()).toBe('a\0b\u00e9\0');
  expect([wasi.environ_sizes_get(0, 4), word(0), wasi.environ_get(0, 0)]).toEqual([OK, 0, OK]);
});

test('clocks, also where performance is missing', () => {
  const { performance } = globalThis;
  globalThis.performance = undefined;
  try {
    expect([wasi.clock_time_get(1, 0n, 8), long(8)]).toEqual([OK, 12_500_000n]);
    const before = Date.now();
    expect(wasi.clock_time_get(0, 0n, 8)).toBe(OK);
    const now = Math.round(Number(long(8)) / 1e6);
    expect([before <= now, now <= Date.now()]).toEqual([true, true]);
    expect([wasi.clock_time_get(9, 0n, 8), wasi.clock_res_get(9, 8)]).toEqual([EINVAL, EINVAL]);
    expect([wasi.clock_res_get(1, 8), long(8)]).toEqual([OK, 1_000_000n]);
  } finally {
    globalThis.performance = performance;
  }
});

test('more chance than getRandomValues gives at once', () => {
  expect(wasi.random_get(0, 140_000)).toBe(OK);
  const bytes = new Uint8Array(memory.buffer, 139_900, 100);
  expect(new Set(bytes).size).toBeGreaterThan(20);
});

test('leaving, and what is not here', () => {
  expect(() => wasi.proc_exit(3)).toThrow(Exit);
  try {
    wasi.proc_exit(-1);
  } catch (exit) {
    expect(exit.code).toBe(-1);
  }
  expect([wasi.path_open(), wasi.toString(), wasi.sched_yield()]).toEqual([ENOSYS, ENOSYS, OK]);
});

describe('stdin', () => {
  const open = (read) => wasiFor({ write: () => true, read, now: () => 0 });

  test('fills the first part that has room, and no more than comes', () => {
    let asked;
    const { fd_read } = open((most) => ((asked = most), Uint8Array.of(1, 2)));
    new Uint32Array(memory.buffer, 100, 6).set([900, 0, 1000, 5, 1100, 9]);
    expect(fd_read(0, 100, 3, 8)).toBe(OK);
    expect([asked, word(8), ...new Uint8Array(memory.buffer, 1000, 3)]).toEqual([5, 2, 1, 2, 0]);
    expect(fd_read(0, 100, 1, 8)).toBe(OK); // no room at all
    expect(word(8)).toBe(0);
    expect(fd_read(1, 100, 3, 8)).toBe(EBADF);
  });

  test('that has nothing yet says so; nothing is taken for a place outside of the memory', () => {
    let taken = 0;
    const { fd_read } = open(() => (taken++, undefined));
    new Uint32Array(memory.buffer, 100, 2).set([1000, 5]);
    expect(fd_read(0, 100, 1, 8)).toBe(6); // EAGAIN
    expect(fd_read(0, -8, 1, 8)).toBe(EFAULT);
    expect(taken).toBe(1);
  });
});

describe('poll_oneoff', () => {
  const [REALTIME, MONOTONIC] = [0, 1];
  let said, jumping;
  beforeEach(() => {
    said = '';
    const host = { write: (fd, bytes) => (said += Buffer.from(bytes)), read: () => undefined, now: () => 12.5 };
    jumping = wasiFor(host, { kind: 'command', jumps: true });
  });
  const clock = (user, id, ms, flags = 0) => ({ user, type: 0, id, ms, flags });
  const reads = (user) => ({ user, type: 1, id: 0, ms: 0, flags: 0 });
  /** What is reported, and how far the clock is. */
  function poll(...subs) {
    const data = new DataView(memory.buffer);
    subs.forEach(({ user, type, id, ms, flags }, i) => {
      data.setBigUint64(1000 + 48 * i, BigInt(user), true);
      data.setUint8(1000 + 48 * i + 8, type);
      data.setUint32(1000 + 48 * i + 16, id, true);
      data.setBigUint64(1000 + 48 * i + 24, BigInt(Math.round(ms * 1e6)), true);
      data.setUint16(1000 + 48 * i + 40, flags, true);
    });
    const result = jumping.poll_oneoff(1000, 5000, subs.length, 8);
    const events = Array.from(
      { length: result === OK ? word(8) : 0 },
      (_, i) => `${data.getBigUint64(5000 + 32 * i, true)}:${data.getUint8(5000 + 32 * i + 10)}`,
    );
    jumping.clock_time_get(MONOTONIC, 0n, 16);
    return [result, events.join(), Number(long(16)) / 1e6 - 12.5];
  }

  test('jumps to the earliest, relative or not, and says so once', () => {
    expect(poll(clock(1, MONOTONIC, 30), clock(2, MONOTONIC, 20))).toEqual([OK, '2:0', 20]);
    expect(said).toBe('rouse: nothing can wait here: the clock jumps\n');
    expect(poll(clock(3, MONOTONIC, 12.5 + 50, 1))).toEqual([OK, '3:0', 50]);
    expect(poll(clock(4, MONOTONIC, 1, 1))).toEqual([OK, '4:0', 50]); // has been
    expect(poll(clock(5, REALTIME, Date.now() + 50, 1))[1]).toBe('5:0');
    expect(said).toBe('rouse: nothing can wait here: the clock jumps\n');
  });

  test('a descriptor is ready, and no clock jumps beside it', () => {
    expect(poll(clock(1, MONOTONIC, 30), reads(2))).toEqual([OK, '2:1', 0]);
    expect(said).toBe('');
  });

  test('refuses to wait for nothing, and is not there for modules of ours', () => {
    expect(poll()).toEqual([EINVAL, '', 0]);
    for (const link of [{ kind: 'command' }, { jumps: true }])
      expect(wasiFor({}, link).poll_oneoff(0, 0, 1, 0)).toBe(ENOSYS);
  });
});
