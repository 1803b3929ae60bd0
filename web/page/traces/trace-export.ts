// trace-export.ts: writes a run as a trace file (docs/trace.md), by the program's clock: first the C side as the
// runtime would write it, then the JavaScript side, whose numbers continue those of C.
import type { TraceEvent } from 'rouse';
import type { JsEvent } from '../run/js-recorder.js';
import type { FileEvent, TraceFile } from 'rouse/trace';

const PENDING = 0x7fffffff;
const ITEM = 1;
const [C, JS] = [1, 2];
const [TURNS, TIMERS, TASKS] = [1, 2, 100];

type Args = Record<string, string | number>;

class Writer {
  readonly out: FileEvent[] = [];
  private readonly names = new Map<string, string>(); // of threads
  constructor(private readonly first: number) {}

  ts = (seq: number, t: number) => t * 1000 + (seq - this.first) / 1000;

  thread(pid: number, tid: number, name: string): void {
    const key = `${pid}.${tid}`;
    if (this.names.has(key)) return;
    this.names.set(key, name);
    this.out.push({ ph: 'M', name: 'thread_name', pid, tid, args: { name } });
  }

  add(
    ph: string,
    kind: string,
    pid: number,
    tid: number,
    seq: number,
    t: number,
    args: Args,
    more: Partial<FileEvent> = {},
  ): void {
    const dot = kind.lastIndexOf('.');
    const [cat, name] = dot < 0 ? [kind, kind] : [kind.slice(0, dot), kind.slice(dot + 1)];
    const scope = ph === 'i' ? { s: 't' } : {};
    this.out.push({ ph, cat, name, pid, tid, ts: this.ts(seq, t), ...scope, ...more, args: { seq, t, ...args } });
  }
}

const result = (status: number) =>
  status === PENDING ? 'pending' : status === ITEM ? 'item' : (status | 0) < 0 ? `error ${status | 0}` : 'ready';

/** The arguments of the events that do not just have a, b and c. */
const WORDS: Record<string, (event: TraceEvent) => Args> = {
  'fut.create': ({ a, c, text = '?' }) => ({ fut: a, type: text, size: c }),
  'fut.drop': ({ a, b }) => ({ fut: a, unpolled: b }),
  'fut.move': ({ a }) => ({ fut: a }),
  'task.spawn': ({ b, c, text = '?' }) => ({ type: text, size: b, parent: c }),
  'task.done': ({ a }) => ({ status: a | 0 }),
  'task.join': ({ a }) => ({ joined: a }),
  lint: ({ text = '?', b }) => ({ lint: text, fut: b, text }),
  log: ({ text = '' }) => ({ text }),
};
const timer = ({ a, b, c }: TraceEvent) => ({ deadline: a + b * 2 ** 32, fut: c });
const plain = ({ a, b, c, text }: TraceEvent) => ({ a, b, c, ...(text !== undefined && { text }) });

/** The C side: a poll or a turn is a slice, from its beginning to its end. */
class CWriter {
  private readonly open: FileEvent[] = []; // slices
  private readonly wakes = new Map<number, number>(); // by task: the id of the flow
  private readonly alive = new Set<number>(); // futures
  constructor(private readonly writer: Writer) {}

  write(event: TraceEvent): void {
    const { kind, seq, t, task, a, b, text = '?' } = event;
    this.count(event);
    const tid = kind.startsWith('timer') ? TIMERS : task ? TASKS + task : TURNS;
    if (kind === 'task.spawn') this.writer.thread(C, tid, `task ${task} ${text}`);
    if (kind === 'poll.begin' || kind === 'turn.begin') this.begin(event, tid);
    else if (kind === 'poll.end' || kind === 'turn.end') this.end(event);
    else if (kind === 'wake') {
      this.wakes.set(task, seq);
      this.writer.add('s', kind, C, a ? TASKS + a : TURNS, seq, t, { task, by_task: a, by: b }, { id: seq });
    } else {
      const words = (WORDS[kind] ?? (kind.startsWith('timer') ? timer : plain))(event);
      this.writer.add(kind === 'mem' ? 'C' : 'i', kind, C, tid, seq, t, { task, ...words });
    }
  }

  private count({ kind, a, c }: TraceEvent): void {
    if (kind === 'fut.create') this.alive.add(a);
    const isOver = kind === 'poll.end' && c !== PENDING && c !== ITEM;
    if (kind === 'fut.drop' || kind === 'fut.move' || isOver) this.alive.delete(a);
  }

  private begin({ kind, seq, t, task, a, b, text = '?' }: TraceEvent, tid: number): void {
    const { writer } = this;
    const flow = this.wakes.get(task);
    if (kind === 'poll.begin' && flow !== undefined) {
      this.wakes.delete(task);
      writer.out.push({ ph: 'f', cat: 'wake', name: 'wake', bp: 'e', id: flow, pid: C, tid, ts: writer.ts(seq, t) });
    }
    const args: Args = kind === 'poll.begin' ? { task, fut: a, from: b, type: text } : { task };
    writer.add('X', kind.split('.')[0]!, C, tid, seq, t, args);
    this.open.push(writer.out.at(-1)!);
  }

  private end({ kind, seq, t, a, b, c }: TraceEvent): void {
    const begun = this.open.pop();
    if (!begun) return;
    begun.dur = this.writer.ts(seq, t) - begun.ts!;
    const args = kind === 'poll.end' ? { to: b, res: result(c), status: c | 0 } : { more: a };
    Object.assign(begun.args!, { end: seq }, args);
    if (kind === 'poll.end') begun.name = `${begun.args!.type} → ${result(c)}`;
  }

  /** Closes what was open when the program ended. */
  finish({ seq, t }: { seq: number; t: number }): void {
    for (const slice of this.open) {
      slice.dur = this.writer.ts(seq, t) - slice.ts!;
      slice.args!.res = 'cut';
    }
    let last = seq;
    for (const fut of this.alive) this.writer.add('i', 'fut.drop', C, TURNS, ++last, t, { task: 0, fut, by: 'end' });
  }
}

function writeC(writer: Writer, events: readonly TraceEvent[]): void {
  const side = new CWriter(writer);
  for (const event of events) side.write(event);
  side.finish(events.at(-1) ?? { seq: 0, t: 0 });
}

const KINDS: Record<JsEvent['kind'], string> = {
  enter: 'js.call',
  exit: 'js.resolve',
  pause: 'js.await',
  resume: 'js.resume',
  print: 'log',
  unhandled: 'js.unhandled',
  handled: 'log',
  'timer.set': 'js.timer',
  'timer.fire': 'js.timer',
  'timer.clear': 'js.timer',
};

/** Each is one event; `event` holds the original, so that the page can read it back. */
function writeJs(writer: Writer, events: readonly JsEvent[], first: number): void {
  events.forEach((event, i) => {
    const id = 'id' in event ? event.id : 0;
    if (event.kind === 'enter') writer.thread(JS, TASKS + id, `call ${id} ${event.name}`);
    const tid = event.kind.startsWith('timer') ? TIMERS : id ? TASKS + id : TURNS;
    const text: Args = 'text' in event ? { text: event.text } : {};
    writer.add('i', KINDS[event.kind], JS, tid, first + i, event.t, {
      task: id,
      ...text,
      event: JSON.stringify(event),
    });
  });
}

export function exportTrace(
  c: { events: readonly TraceEvent[]; lost: number } | undefined,
  js: readonly JsEvent[],
): TraceFile {
  const events = c?.events ?? [];
  const first = events[0]?.seq ?? 0;
  const writer = new Writer(first);
  for (const [pid, name] of [
    [C, 'C lazy futures (wasm)'],
    [JS, 'JS eager promises'],
  ] as const)
    writer.out.push({ ph: 'M', name: 'process_name', pid, tid: 0, args: { name } });
  writeC(writer, events);
  const last = writer.out.reduce((most, { args }) => Math.max(most, Number(args?.end ?? args?.seq ?? 0)), first - 1);
  writeJs(writer, js, last + 1);
  const otherData = { format: 'rouse-trace/1', base: 'clock', lib: '0.1.0', lost: c?.lost ?? 0 };
  return { traceEvents: writer.out, displayTimeUnit: 'ms', otherData };
}
