// wasi.ts: the little of WASI preview 1 that a libc needs to print inside a JavaScript host, and to leave.
// What fewer modules ask for is in wasi-more.ts; what is in neither answers ENOSYS instead of failing to link.
//
// Invariant: views of the memory are made anew in every call; growing it detaches the old ones.
const ESUCCESS = 0;
const EBADF = 8;
const EFAULT = 21;
const EIO = 29;
const ENOSYS = 52;
const ESPIPE = 70;
const CHARACTER_DEVICE = 2;

/** Thrown by proc_exit to leave the module; never seen by users. */
export class Exit {
  constructor(readonly code: number) {}
}

export interface Writer {
  /** Text of the program: fd 1 is stdout, 2 is stderr. False: it could not be written. */
  write(fd: number, bytes: Uint8Array): boolean;
}
export type Calls = Record<string, (...args: any[]) => number>;
export type Imports = Record<string, (...args: any[]) => unknown>;
export interface ModuleImports {
  env: Imports;
  wasi: Calls;
  /** For those who add to them. */
  view: View;
}

/** The memory as it is now. Addresses are unsigned, but cross as signed words. */
export interface View {
  bytes(at: number, length: number): Uint8Array;
  data(): DataView;
  word(at: number): number;
  /** Writes a word, and is a success. */
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

/** What is enough to print. */
export const printing = ({ bytes, word, put }: View, writer: Writer): Calls => ({
  fd_write(fd, parts, count, written) {
    if (fd !== 1 && fd !== 2) return EBADF;
    let total = 0;
    for (; count-- > 0; parts += 8) {
      const text = bytes(word(parts), word(parts + 4));
      if (!writer.write(fd, text.slice())) return EIO;
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

/** In WASI there is an import of any name. What lies outside of the memory is a fault. */
export function guarded({ env, wasi: calls }: ModuleImports): WebAssembly.Imports {
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
  return { env, wasi_snapshot_preview1: new Proxy(calls, { get }) } as any;
}
