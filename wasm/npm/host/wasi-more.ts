// wasi-more.ts: what fewer modules ask of WASI: arguments, time, chance, stdin. There are no files.
import { polling } from './clock-jump.js';
import type { Link } from './link.js';
import type { Calls, View, Writer } from './wasi.js';

const ESUCCESS = 0;
const EAGAIN = 6;
const EBADF = 8;
const EINVAL = 28;
const ENOSYS = 52;
const REALTIME = 0;
const THREAD_CPUTIME = 3; // the last of the clocks
const MOST_RANDOM = 65536; // what getRandomValues gives at once

export interface WasiHost extends Writer {
  /** Of stdin: none at the end, undefined when some will come. */
  read(most: number): Uint8Array | undefined;
  /** Monotonic milliseconds. */
  now(): number;
}

/** `args` have their NULs. */
export function moreWasi(
  view: View,
  host: WasiHost,
  { kind, jumps }: Partial<Link>,
  args: readonly Uint8Array[],
): Calls {
  const { bytes, data, word, put } = view;
  const atOnce = kind === 'command'; // it cannot come back later
  const jumped = { ms: 0 };
  const time = (at: number, ns: number) => (data().setBigUint64(at >>> 0, BigInt(Math.floor(ns)), true), ESUCCESS);

  const calls: Calls = {
    // Into the first part that has room: less than asked for is allowed.
    fd_read(fd, parts, count, taken) {
      if (fd !== 0) return EBADF;
      for (; count > 0 && word(parts + 4) === 0; count--) parts += 8;
      if (count === 0) return put(taken, 0);
      const room = bytes(word(parts), word(parts + 4));
      const some = host.read(room.length);
      if (!some && atOnce) throw new TypeError('give it its stdin whole, as text or bytes: it runs at once');
      if (!some) return EAGAIN;
      room.set(some);
      return put(taken, some.length);
    },
    fd_prestat_get: () => EBADF,
    clock_time_get: (id, _precision, at) =>
      id > THREAD_CPUTIME ? EINVAL : time(at, ((id === REALTIME ? Date.now() : host.now()) + jumped.ms) * 1e6),
    clock_res_get: (id, at) => (id > THREAD_CPUTIME ? EINVAL : time(at, 1e6)),
    args_sizes_get: (count, size) =>
      put(count, args.length) ||
      put(
        size,
        args.reduce((sum, { length }) => sum + length, 0),
      ),
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
    random_get(at, length) {
      if (typeof crypto === 'undefined') return ENOSYS; // Math.random is no substitute
      for (; length > 0; at += MOST_RANDOM, length -= MOST_RANDOM) {
        const some = new Uint8Array(Math.min(length, MOST_RANDOM));
        bytes(at, some.length).set(crypto.getRandomValues(some));
      }
      return ESUCCESS;
    },
  };
  if (atOnce && jumps) calls.poll_oneoff = polling(view, host, jumped);
  return calls;
}
