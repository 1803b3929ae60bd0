// wasi.ts: the little of WASI preview 1 that a libc needs inside a JavaScript host: text out, time,
// chance, arguments. There are no files. What is not here answers ENOSYS instead of failing to link.
//
// Invariant: views of the memory are made anew in every call; growing it detaches the old ones.
import { encode } from './text.js';

const ESUCCESS = 0;
const EAGAIN = 6;
const EBADF = 8;
const EFAULT = 21;
export const EINVAL = 28;
const EIO = 29;
const ENOSYS = 52;
const ESPIPE = 70;
const CHARACTER_DEVICE = 2;
export const REALTIME = 0;
const THREAD_CPUTIME = 3; // the last of the clocks
const MOST_RANDOM = 65536; // what getRandomValues gives at once

/** Thrown by proc_exit to leave the module; never seen by users. */
export class Exit {
  constructor(readonly code: number) {}
}

export interface WasiOptions {
  args: readonly string[];
  /** Text of the program: fd 1 is stdout, 2 is stderr. False: it could not be written. */
  write: (fd: number, bytes: Uint8Array) => boolean;
  /** Of stdin: none at the end, undefined when some will come. */
  read: (most: number) => Uint8Array | undefined;
  /** Monotonic milliseconds. */
  now: () => number;
  /** What poll_oneoff does, where there is one. */
  polling?: Polling;
}

type Call = (...args: any[]) => number;
export type Polling = (view: View, options: WasiOptions, jumped: Jumped) => Call;

/** The memory as it is now. */
export interface View {
  bytes(at: number, length: number): Uint8Array;
  data(): DataView;
}

/** What has jumped over is in front of both clocks. */
export interface Jumped {
  ms: number;
}

/** The functions of these names, and of any other that a libc may ask for. Addresses are unsigned, but cross
    as signed words; one outside of the memory is a fault. */
export function wasiImports(
  names: readonly string[],
  memory: () => WebAssembly.Memory,
  options: WasiOptions,
): Record<string, Call> {
  const { args, write, read, now, polling } = options;
  const jumped = { ms: 0 };
  const bytes = (at: number, length: number) => new Uint8Array(memory().buffer, at >>> 0, length);
  const data = () => new DataView(memory().buffer);
  const word = (at: number) => data().getUint32(at >>> 0, true);
  const put = (at: number, value: number) => (data().setUint32(at >>> 0, value, true), ESUCCESS);
  const time = (at: number, ns: number) =>
    (data().setBigUint64(at >>> 0, BigInt(Math.floor(ns)), true), ESUCCESS);
  const isText = (fd: number) => fd === 1 || fd === 2;
  const ofStdio = (fd: number, answer: number) => (fd >>> 0 > 2 ? EBADF : answer);
  const texts = args.map((arg) => encode(`${arg}\0`));

  const calls: Record<string, Call> = {
    fd_write(fd, parts, count, written) {
      if (!isText(fd)) return EBADF;
      let total = 0;
      for (; count-- > 0; parts += 8) {
        const text = bytes(word(parts), word(parts + 4));
        if (!write(fd, text.slice())) return EIO;
        total += text.length;
      }
      return put(written, total);
    },
    fd_fdstat_get(fd, at) {
      bytes(at, 24).fill(0);
      bytes(at, 1)[0] = CHARACTER_DEVICE;
      return ofStdio(fd, ESUCCESS);
    },
    // Into the first part that has room: less than asked for is allowed.
    fd_read(fd, parts, count, taken) {
      if (fd !== 0) return EBADF;
      for (; count > 0 && word(parts + 4) === 0; count--) parts += 8;
      if (count === 0) return put(taken, 0);
      const room = bytes(word(parts), word(parts + 4));
      const some = read(room.length);
      if (!some) return EAGAIN;
      room.set(some);
      return put(taken, some.length);
    },
    fd_close: (fd) => ofStdio(fd, ESUCCESS),
    fd_seek: (fd) => ofStdio(fd, ESPIPE),
    fd_prestat_get: () => EBADF,
    clock_time_get: (id, _precision, at) =>
      id > THREAD_CPUTIME ? EINVAL : time(at, ((id === REALTIME ? Date.now() : now()) + jumped.ms) * 1e6),
    clock_res_get: (id, at) => (id > THREAD_CPUTIME ? EINVAL : time(at, 1e6)),
    args_sizes_get: (count, size) =>
      put(count, texts.length) || put(size, texts.reduce((sum, { length }) => sum + length, 0)),
    args_get(pointers, at) {
      for (const text of texts) {
        put(pointers, at);
        bytes(at, text.length).set(text);
        pointers += 4;
        at += text.length;
      }
      return ESUCCESS;
    },
    environ_sizes_get: (count, size) => put(count, 0) || put(size, 0),
    environ_get: () => ESUCCESS,
    sched_yield: () => ESUCCESS,
    random_get(at, length) {
      if (typeof crypto === 'undefined') return ENOSYS; // Math.random is no substitute
      for (; length > 0; at += MOST_RANDOM, length -= MOST_RANDOM) {
        const some = new Uint8Array(Math.min(length, MOST_RANDOM));
        bytes(at, some.length).set(crypto.getRandomValues(some));
      }
      return ESUCCESS;
    },
    proc_exit(code) {
      throw new Exit(code | 0);
    },
  };

  if (polling) calls.poll_oneoff = polling({ bytes, data }, options, jumped);

  const guarded = (call: Call): Call => (...args) => {
    try {
      return call(...args);
    } catch (error) {
      if (error instanceof RangeError) return EFAULT;
      throw error;
    }
  };
  const find = (name: string) => (Object.hasOwn(calls, name) ? guarded(calls[name]!) : () => ENOSYS);
  return Object.fromEntries(names.map((name) => [name, find(name)]));
}
