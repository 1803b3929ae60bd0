// trace-ring.ts: reads the ring of events of a traced module (runtime/include/rouse/trace.h).
import { C } from '../base/c-layout.js';
import { decoder } from '../base/text.js';

/** One event of a trace, as docs/reference/trace.md lists them. */
export interface TraceEvent {
  seq: number;
  kind: string;
  task: number;
  a: number;
  b: number;
  c: number;
  /** Milliseconds. */
  t: number;
  /** Its string, where it has one: a type's name, a text. */
  text?: string;
  /** The source file of that type. */
  file?: string;
}

/** What a program has recorded: `Program.trace`. */
export interface Trace {
  events: TraceEvent[];
  /** How many events the ring has lost. */
  lost: number;
}

/** The same list as ROUSE_TRACE_LIST: a kind, and what its words a, b and c are ('$' a string, '=' signed,
    '^' the low half of 64 bits). A module may know kinds that are not here yet. */
export const TRACE_KINDS: Readonly<Record<number, readonly [string, string, string, string]>> = {
  1: ['fut.create', 'fut', '$type', 'size'],
  2: ['fut.drop', 'fut', 'unpolled', ''],
  3: ['fut.move', 'fut', '', ''],
  8: ['task.spawn', '$type', 'size', 'parent'],
  9: ['task.done', '=status', '', ''],
  10: ['task.cancel', '', '', ''],
  11: ['task.detach', '', '', ''],
  12: ['task.join', 'joined', '', ''],
  16: ['poll.begin', 'fut', 'from', '$type'],
  17: ['poll.end', 'fut', 'to', '=status'],
  20: ['waker.clone', '', '', ''],
  21: ['waker.drop', '', '', ''],
  24: ['wake', 'by_task', 'by', ''],
  32: ['turn.begin', '', '', ''],
  33: ['turn.end', 'more', '', ''],
  40: ['timer.arm', '^deadline', '', 'fut'],
  41: ['timer.fire', '^deadline', '', 'fut'],
  42: ['timer.cancel', '^deadline', '', 'fut'],
  44: ['io.start', 'op', '$what', ''],
  45: ['io.settle', 'op', '=status', ''],
  48: ['log', '$text', '', ''],
  49: ['lint', '$lint', 'fut', '$text'],
  52: ['sel.win', 'fut', 'index', 'child'],
  53: ['sel.lose', 'fut', 'index', 'child'],
  56: ['chan.send', 'addr', 'held', ''],
  57: ['chan.recv', 'addr', 'held', ''],
  58: ['chan.full', 'addr', '', ''],
  59: ['chan.empty', 'addr', '', ''],
  60: ['lock.wait', 'addr', '$what', ''],
  61: ['lock.take', 'addr', '$what', ''],
  62: ['lock.release', 'addr', '$what', ''],
  64: ['mem', 'live', 'peak', ''],
  72: ['js.call.begin', 'call', '$name', ''],
  73: ['js.call.end', 'call', '', ''],
  74: ['js.microtask.begin', 'promise', '$name', ''],
  75: ['js.microtask.end', 'promise', '', ''],
  76: ['js.await', 'call', 'promise', 'line'],
  77: ['js.resume', 'call', 'promise', 'line'],
  78: ['js.promise', 'promise', '$name', ''],
  79: ['js.resolve', 'promise', '', ''],
  80: ['js.reject', 'promise', '$text', ''],
  81: ['js.timer', 'timer', 'state', ''],
  82: ['js.unhandled', 'promise', '$text', ''],
};

/** `struct rouse_trace` lies at `at`. */
export function readTrace(buffer: ArrayBufferLike, at: number): Trace {
  const view = new DataView(buffer);
  const word = (offset: number) => view.getUint32((at >>> 0) + offset, true);
  const [ring, mask] = [word(C.TRACE_RING), word(C.TRACE_CAPACITY) - 1];
  const [seq, lost] = [word(C.TRACE_SEQ), word(C.TRACE_LOST)];
  const [strings, used] = [word(C.TRACE_STRINGS), word(C.TRACE_STRINGS_USED)];
  const bytesAt = (offset: number) => {
    const bytes = new Uint8Array(buffer, strings + offset, Math.max(used - offset, 0));
    const end = bytes.indexOf(0);
    return bytes.slice(0, end < 0 ? bytes.length : end);
  };
  const text = (offset: number) => decoder().decode(bytesAt(offset));
  const read = (record: number): TraceEvent => {
    const field = (offset: number) => view.getUint32(record + offset, true);
    const [kind, ...words] = TRACE_KINDS[view.getUint8(record + C.RECORD_KIND)] ?? ['?'];
    const [task, a, b, c] = [field(C.RECORD_TASK), field(C.RECORD_A), field(C.RECORD_B), field(C.RECORD_C)];
    const t = view.getFloat64(record + C.RECORD_TIME, true);
    const event: TraceEvent = { seq: field(C.RECORD_SEQ), kind, task, a, b, c, t };
    const at = words.findIndex((word) => word.startsWith('$'));
    if (at >= 0) event.text = text([a, b, c][at]!);
    if (words[at] === '$type') event.file = text([a, b, c][at]! + bytesAt([a, b, c][at]!).length + 1);
    return event;
  };
  const events: TraceEvent[] = [];
  for (let i = lost; i < seq; i++) events.push(read(ring + C.RECORD_BYTES * (i & mask)));
  return { events, lost };
}
