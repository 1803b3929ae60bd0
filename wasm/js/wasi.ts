// wasi.ts: the little of WASI preview 1 that a libc needs inside a JavaScript host: text out, time,
// chance, arguments. There are no files. What is not here answers ENOSYS instead of failing to link.
//
// Invariant: views of the memory are made anew in every call; growing it detaches the old ones.

const ESUCCESS = 0;
const EBADF = 8;
const ENOSYS = 52;
const ESPIPE = 70;
const CHARACTER_DEVICE = 2;
const REALTIME = 0;

/** Thrown by proc_exit to leave the module; never seen by users. */
export class Exit {
  constructor(readonly code: number) {}
}

export interface WasiOptions {
  args: readonly string[];
  /** Text of the program: fd 1 is stdout, 2 is stderr. */
  write: (fd: number, bytes: Uint8Array) => void;
}

type Call = (...args: any[]) => number;

export function wasiImports(memory: () => WebAssembly.Memory, options: WasiOptions) {
  const view = () => new DataView(memory().buffer);
  const bytes = (at: number, length: number) => new Uint8Array(memory().buffer, at, length);
  const args = options.args.map((arg) => new TextEncoder().encode(`${arg}\0`));

  function fd_write(fd: number, parts: number, count: number, written: number): number {
    if (fd !== 1 && fd !== 2) return EBADF;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const at = view().getUint32(parts + 8 * i, true);
      const length = view().getUint32(parts + 8 * i + 4, true);
      options.write(fd, bytes(at, length).slice());
      total += length;
    }
    view().setUint32(written, total, true);
    return ESUCCESS;
  }

  function fd_fdstat_get(fd: number, at: number): number {
    if (fd > 2) return EBADF;
    bytes(at, 24).fill(0);
    view().setUint8(at, CHARACTER_DEVICE);
    return ESUCCESS;
  }

  function fd_read(fd: number, _parts: number, _count: number, read: number): number {
    if (fd !== 0) return EBADF;
    view().setUint32(read, 0, true); // end of file
    return ESUCCESS;
  }

  function clock_time_get(id: number, _precision: bigint, at: number): number {
    const now = id === REALTIME ? performance.timeOrigin + performance.now() : performance.now();
    view().setBigUint64(at, BigInt(Math.round(now * 1e6)), true);
    return ESUCCESS;
  }

  function args_sizes_get(count: number, size: number): number {
    view().setUint32(count, args.length, true);
    view().setUint32(size, args.reduce((sum, arg) => sum + arg.length, 0), true);
    return ESUCCESS;
  }

  function args_get(pointers: number, buffer: number): number {
    for (const arg of args) {
      view().setUint32(pointers, buffer, true);
      bytes(buffer, arg.length).set(arg);
      pointers += 4;
      buffer += arg.length;
    }
    return ESUCCESS;
  }

  function zeroTwo(first: number, second: number): number {
    view().setUint32(first, 0, true);
    view().setUint32(second, 0, true);
    return ESUCCESS;
  }

  const calls: Record<string, Call> = {
    fd_write,
    fd_fdstat_get,
    fd_read,
    clock_time_get,
    args_sizes_get,
    args_get,
    environ_sizes_get: zeroTwo,
    environ_get: () => ESUCCESS,
    fd_close: (fd: number) => (fd > 2 ? EBADF : ESUCCESS),
    fd_seek: (fd: number) => (fd > 2 ? EBADF : ESPIPE),
    fd_prestat_get: () => EBADF,
    sched_yield: () => ESUCCESS,
    random_get: (at: number, length: number) => {
      crypto.getRandomValues(bytes(at, length));
      return ESUCCESS;
    },
    proc_exit: (code: number) => {
      throw new Exit(code);
    },
  };
  return new Proxy(calls, { get: (known, name: string) => known[name] ?? (() => ENOSYS) });
}
