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
export type Calls = Record<string, Call>;

export type Polling = (view: View, options: WasiOptions, jumped: Jumped) => Calls;

/** Makes views of the memory as it is now. */
export class View {
  constructor(private readonly memory: () => WebAssembly.Memory) {}
  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory().buffer, at, length);
  }
  data(): DataView {
    return new DataView(this.memory().buffer);
  }
  /** Most calls give back one or two words. */
  put(...words: [at: number, value: number][]): number {
    for (const [at, value] of words) this.data().setUint32(at, value, true);
    return ESUCCESS;
  }
}

function files(view: View, { write, read }: WasiOptions): Calls {
  return {
    fd_write(fd: number, parts: number, count: number, written: number) {
      if (fd !== 1 && fd !== 2) return EBADF;
      let total = 0;
      for (let i = 0; i < count; i++) {
        const at = view.data().getUint32(parts + 8 * i, true);
        const length = view.data().getUint32(parts + 8 * i + 4, true);
        if (!write(fd, view.bytes(at, length).slice())) return EIO;
        total += length;
      }
      return view.put([written, total]);
    },
    fd_fdstat_get(fd: number, at: number) {
      if (fd > 2) return EBADF;
      view.bytes(at, 24).fill(0);
      view.data().setUint8(at, CHARACTER_DEVICE);
      return ESUCCESS;
    },
    // Into the first part that has room: less than asked for is allowed.
    fd_read(fd: number, parts: number, count: number, taken: number) {
      if (fd !== 0) return EBADF;
      for (let i = 0; i < count; i++) {
        const at = view.data().getUint32(parts + 8 * i, true);
        const length = view.data().getUint32(parts + 8 * i + 4, true);
        if (length === 0) continue;
        const part = view.bytes(at, length);
        const some = read(length);
        if (!some) return EAGAIN;
        part.set(some);
        return view.put([taken, some.length]);
      }
      return view.put([taken, 0]);
    },
    fd_close: (fd: number) => (fd > 2 ? EBADF : ESUCCESS),
    fd_seek: (fd: number) => (fd > 2 ? EBADF : ESPIPE),
    fd_prestat_get: () => EBADF,
  };
}

/** What has jumped over is in front of both clocks. */
export interface Jumped {
  ms: number;
}

function clocks(view: View, { now }: WasiOptions, jumped: Jumped): Calls {
  const put = (at: number, ns: bigint) => {
    view.data().setBigUint64(at, ns, true);
    return ESUCCESS;
  };
  return {
    clock_time_get(id: number, _precision: bigint, at: number) {
      if (id > THREAD_CPUTIME) return EINVAL;
      const ms = (id === REALTIME ? Date.now() : now()) + jumped.ms;
      return put(at, BigInt(Math.floor(ms * 1e6)));
    },
    clock_res_get: (id: number, at: number) => (id > THREAD_CPUTIME ? EINVAL : put(at, 1_000_000n)),
  };
}

function environment(view: View, options: WasiOptions): Calls {
  const args = options.args.map((arg) => encode(`${arg}\0`));
  return {
    args_sizes_get: (count: number, size: number) =>
      view.put([count, args.length], [size, args.reduce((sum, arg) => sum + arg.length, 0)]),
    args_get(pointers: number, buffer: number) {
      for (const arg of args) {
        view.put([pointers, buffer]);
        view.bytes(buffer, arg.length).set(arg);
        pointers += 4;
        buffer += arg.length;
      }
      return ESUCCESS;
    },
    environ_sizes_get: (count: number, size: number) => view.put([count, 0], [size, 0]),
    environ_get: () => ESUCCESS,
    sched_yield: () => ESUCCESS,
    random_get(at: number, length: number) {
      if (typeof crypto === 'undefined') return ENOSYS; // Math.random is no substitute
      for (let done = 0; done < length; done += MOST_RANDOM) {
        const some = new Uint8Array(Math.min(length - done, MOST_RANDOM));
        view.bytes(at + done, some.length).set(crypto.getRandomValues(some));
      }
      return ESUCCESS;
    },
    proc_exit(code: number) {
      throw new Exit(code | 0);
    },
  };
}

/** Addresses are unsigned, but cross as signed words. One outside of the memory is a fault. */
function checked(call: Call): Call {
  return (...args) => {
    try {
      return call(...args.map((arg) => (typeof arg === 'number' ? arg >>> 0 : arg)));
    } catch (error) {
      if (error instanceof RangeError) return EFAULT;
      throw error;
    }
  };
}

/** The functions of these names, and of any other that a libc may ask for. */
export function wasiImports(
  names: readonly string[],
  memory: () => WebAssembly.Memory,
  options: WasiOptions,
): Calls {
  const view = new View(memory);
  const jumped = { ms: 0 };
  const calls: Calls = {
    ...files(view, options),
    ...clocks(view, options, jumped),
    ...environment(view, options),
    ...options.polling?.(view, options, jumped),
  };
  const find = (name: string) => (Object.hasOwn(calls, name) ? checked(calls[name]!) : () => ENOSYS);
  return Object.fromEntries(names.map((name) => [name, find(name)]));
}
