// wasi.ts: the part of WASI preview 1 that a libc needs inside a JavaScript host: to print, to read stdin, arguments,
// time, random numbers, and to exit. There are no files. Every other call answers ENOSYS instead of failing to link.
//
// Invariant: each call makes new views of the memory, because growing the memory detaches the old ones.
import { polling } from './clock-jump.js';
import type { Link } from './link.js';

const ESUCCESS = 0;
const EAGAIN = 6;
const EBADF = 8;
const EFAULT = 21;
const EINVAL = 28;
const EIO = 29;
const ENOSYS = 52;
const ESPIPE = 70;
const CHARACTER_DEVICE = 2;
const REALTIME = 0;
const THREAD_CPUTIME = 3; // the last of the clocks
const MOST_RANDOM = 65536; // what getRandomValues gives in one call

/** proc_exit throws it to leave the module; users never see it. */
export class Exit {
  constructor(readonly code: number) {}
}

/** What these calls need of the instance around them. */
export interface WasiHost {
  /** Text of the program: fd 1 is stdout, 2 is stderr. False: it could not be written. */
  write(fd: number, bytes: Uint8Array): boolean;
  /** Bytes of stdin: an empty array at the end, undefined if some will come later. */
  read(most: number): Uint8Array | undefined;
  /** Monotonic milliseconds. */
  now(): number;
}
export type Calls = Record<string, (...args: any[]) => number>;
export type Imports = Record<string, (...args: any[]) => unknown>;

/** The memory as it is now. Addresses are unsigned, but arrive as signed words. */
export interface View {
  bytes(at: number, length: number): Uint8Array;
  data(): DataView;
  word(at: number): number;
  /** Writes a word; gives ESUCCESS. */
  put(at: number, value: number): number;
}

export function viewOf(memory: () => WebAssembly.Memory): View {
  const data = () => new DataView(memory().buffer);
  return {
    bytes: (at, length) => new Uint8Array(memory().buffer, at >>> 0, length),
    data,
    word: (at) => data().getUint32(at >>> 0, true),
    put: (at, value) => (data().setUint32(at >>> 0, value, true), ESUCCESS),
  };
}

const ofStdio = (fd: number, answer: number) => (fd >>> 0 > 2 ? EBADF : answer);

const printing = ({ bytes, word, put }: View, host: WasiHost): Calls => ({
  fd_write(fd, parts, count, written) {
    if (fd !== 1 && fd !== 2) return EBADF;
    let total = 0;
    for (; count-- > 0; parts += 8) {
      const text = bytes(word(parts), word(parts + 4));
      if (!host.write(fd, text.slice())) return EIO;
      total += text.length;
    }
    return put(written, total);
  },
  fd_fdstat_get(fd, at) {
    bytes(at, 24).fill(0)[0] = CHARACTER_DEVICE;
    return ofStdio(fd, ESUCCESS);
  },
  fd_close: (fd) => ofStdio(fd, ESUCCESS),
  fd_seek: (fd) => ofStdio(fd, ESPIPE),
  proc_exit(code) {
    throw new Exit(code | 0);
  },
});

const reading = ({ bytes, word, put }: View, host: WasiHost, runsAtOnce: boolean): Calls => ({
  /** Fills only the first part that has room: WASI allows to read less than was asked for. */
  fd_read(fd, parts, count, taken) {
    if (fd !== 0) return EBADF;
    for (; count > 0 && word(parts + 4) === 0; count--) parts += 8;
    if (count === 0) return put(taken, 0);
    const room = bytes(word(parts), word(parts + 4));
    const some = host.read(room.length);
    if (!some && runsAtOnce)
      throw new TypeError('this module runs at once, so it cannot wait for stdin: give stdin as text or bytes');
    if (!some) return EAGAIN;
    room.set(some);
    return put(taken, some.length);
  },
  fd_prestat_get: () => EBADF,
});

/** `jumped` is added to both clocks. */
function clocks({ data }: View, host: WasiHost, jumped: { ms: number }): Calls {
  const put = (at: number, ns: number) => (data().setBigUint64(at >>> 0, BigInt(Math.floor(ns)), true), ESUCCESS);
  const now = (id: number) => (id === REALTIME ? Date.now() : host.now()) + jumped.ms;
  return {
    clock_time_get: (id, _precision, at) => (id > THREAD_CPUTIME ? EINVAL : put(at, now(id) * 1e6)),
    clock_res_get: (id, at) => (id > THREAD_CPUTIME ? EINVAL : put(at, 1e6)),
  };
}

/** Arguments, with their NULs, and an empty environment. */
const environment = ({ bytes, put }: View, args: readonly Uint8Array[]): Calls => ({
  args_sizes_get(count, size) {
    put(count, args.length);
    return put(
      size,
      args.reduce((sum, { length }) => sum + length, 0),
    );
  },
  args_get(pointers, at) {
    for (const text of args) {
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
});

const random = ({ bytes }: View): Calls => ({
  random_get(at, length) {
    if (typeof crypto === 'undefined') return ENOSYS; // Math.random is not a substitute
    for (; length > 0; at += MOST_RANDOM, length -= MOST_RANDOM) {
      const some = new Uint8Array(Math.min(length, MOST_RANDOM));
      bytes(at, some.length).set(crypto.getRandomValues(some));
    }
    return ESUCCESS;
  },
});

export function wasiCalls(
  view: View,
  host: WasiHost,
  { kind, jumps }: Pick<Link, 'kind' | 'jumps'>,
  args: readonly Uint8Array[],
): Calls {
  const runsAtOnce = kind === 'command'; // it cannot come back later
  const jumped = { ms: 0 };
  return {
    ...printing(view, host),
    ...reading(view, host, runsAtOnce),
    ...clocks(view, host, jumped),
    ...environment(view, args),
    ...random(view),
    ...(runsAtOnce && jumps ? { poll_oneoff: polling(view, host, jumped) } : {}),
  };
}

/** An import of any name exists, and an address outside of the memory is EFAULT. */
export function guarded(calls: Calls): WebAssembly.ModuleImports {
  const get =
    (_: unknown, name: string) =>
    (...args: any[]) => {
      try {
        return Object.hasOwn(calls, name) ? calls[name]!(...args) : ENOSYS;
      } catch (error) {
        if (error instanceof RangeError) return EFAULT;
        throw error;
      }
    };
  return new Proxy(calls, { get }) as WebAssembly.ModuleImports;
}
