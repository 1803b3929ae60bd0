// clock-jump.ts: poll_oneoff on a platform that cannot wait. Stdin and stdout are always ready. Without them the clock
// jumps to the earliest time that the module asked for.
import type { Calls, View, WasiHost } from './wasi.js';

const EINVAL = 28;
const REALTIME = 0;
const CLOCK = 0;
const ABSOLUTE = 1;
const SUBSCRIPTION = 48;
const EVENT = 32;
const NOTICE = Uint8Array.from('rouse: nothing can wait here: the clock jumps\n', (letter) => letter.charCodeAt(0));

/** `jumped` grows by each jump; both clocks add it. */
export function polling(view: View, host: WasiHost, jumped: { ms: number }): Calls[string] {
  let said = false;
  const jump = (ms: number) => {
    if (!said) host.write(2, NOTICE);
    said = true;
    jumped.ms += ms;
  };
  /** Milliseconds until a subscription is due; 0 for a descriptor. */
  const due = (at: number): number => {
    const data = view.data();
    if (data.getUint8(at + 8) !== CLOCK) return 0;
    const time = Number(data.getBigUint64(at + 24, true)) / 1e6;
    const clock = data.getUint32(at + 16, true) === REALTIME ? Date.now() : host.now();
    const left = data.getUint16(at + 40, true) & ABSOLUTE ? time - clock - jumped.ms : time;
    return Math.max(left, 0);
  };
  return (from: number, to: number, count: number, written: number) => {
    if (count === 0) return EINVAL;
    const all = Array.from({ length: count }, (_, i) => (from >>> 0) + SUBSCRIPTION * i);
    const earliest = Math.min(...all.map(due));
    const ready = all.filter((at) => due(at) <= earliest);
    if (earliest > 0) jump(earliest);
    ready.forEach((at, i) => {
      const event = view.bytes(to + EVENT * i, EVENT).fill(0);
      event.set(view.bytes(at, 8).slice());
      event[10] = view.data().getUint8(at + 8);
    });
    return view.put(written, ready.length);
  };
}
