// trace.ts: reads the ring of events of a traced module (runtime/include/rouse/trace.h).
import { decoder } from './text.js';

export interface TraceEvent {
  seq: number;
  kind: string;
  task: number;
  a: number;
  b: number;
  c: number;
  /** Milliseconds. */
  t: number;
  /** The type's name, for fut.create; the text, for log. */
  text?: string;
}

export interface Trace {
  events: TraceEvent[];
  /** How many events the ring has lost. */
  lost: number;
}

const RECORD = 32;

/** The same list as ROUSE_TRACE_LIST; a module may know kinds that are not here yet. */
export const TRACE_KINDS: Readonly<Record<number, string>> = {
  1: 'fut.create',
  2: 'fut.drop',
  3: 'fut.move',
  8: 'task.spawn',
  9: 'task.done',
  10: 'task.cancel',
  11: 'task.detach',
  12: 'task.join',
  16: 'poll.begin',
  17: 'poll.end',
  24: 'wake',
  32: 'turn.begin',
  33: 'turn.end',
  40: 'timer.arm',
  41: 'timer.fire',
  42: 'timer.cancel',
  48: 'log',
};

/** `struct rouse_trace` lies at `at`. */
export function readTrace(buffer: ArrayBufferLike, at: number): Trace {
  const view = new DataView(buffer);
  const word = (index: number) => view.getUint32((at >>> 0) + 4 * index, true);
  const [ring, capacity, seq, lost, strings, used] = [
    word(0), word(1), word(2), word(3), word(4), word(6),
  ];
  const text = (offset: number) => {
    if (offset >= used) return '';
    const bytes = new Uint8Array(buffer, strings + offset, used - offset);
    const end = bytes.indexOf(0);
    return decoder().decode(bytes.slice(0, end < 0 ? bytes.length : end));
  };
  const read = (record: number): TraceEvent => {
    const field = (offset: number) => view.getUint32(record + offset, true);
    const kind = TRACE_KINDS[view.getUint8(record + 4)] ?? '?';
    const [task, a, b, c] = [field(8), field(12), field(16), field(20)];
    const t = view.getFloat64(record + 24, true);
    const event: TraceEvent = { seq: field(0), kind, task, a, b, c, t };
    if (kind === 'fut.create') event.text = text(b);
    if (kind === 'log') event.text = text(a);
    return event;
  };
  const events: TraceEvent[] = [];
  for (let i = lost; i < seq; i++) events.push(read(ring + RECORD * (i & (capacity - 1))));
  return { events, lost };
}
