// trace.ts: reads the ring of events of a traced module (runtime/include/rouse/trace.h).

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

const RECORD = 32;
const KINDS: Record<number, string> = {
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

export interface Trace {
  events: TraceEvent[];
  /** How many events the ring has lost. */
  lost: number;
}

export function readTrace(buffer: ArrayBuffer, at: number): Trace {
  const view = new DataView(buffer);
  const word = (index: number) => view.getUint32(at + 4 * index, true);
  const [ring, capacity, seq, lost, strings] = [0, 1, 2, 3, 4].map(word) as [
    number, number, number, number, number,
  ];
  const text = (offset: number) => {
    const bytes = new Uint8Array(buffer, strings + offset);
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
  };
  const events: TraceEvent[] = [];
  for (let i = lost; i < seq; i++) {
    const record = ring + RECORD * (i & (capacity - 1));
    const field = (offset: number) => view.getUint32(record + offset, true);
    const kind = KINDS[view.getUint8(record + 4)] ?? '?';
    const event: TraceEvent = {
      seq: field(0),
      kind,
      task: field(8),
      a: field(12),
      b: field(16),
      c: field(20),
      t: view.getFloat64(record + 24, true),
    };
    if (kind === 'fut.create') event.text = text(event.b);
    if (kind === 'log') event.text = text(event.a);
    events.push(event);
  }
  return { events, lost };
}
