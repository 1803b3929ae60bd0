// trace-file.ts: a rouse trace on disk, which is Chrome Trace Event JSON (docs/trace.md). Reads it, puts it
// on another time axis, and counts. trace-check.ts checks it.
import { RouseError } from '../base/errors.js';

export interface FileEvent {
  ph: string;
  pid: number;
  tid: number;
  name: string;
  cat?: string;
  ts?: number;
  dur?: number;
  id?: number;
  bp?: string;
  s?: string;
  args?: Record<string, string | number>;
}

export interface TraceFile {
  traceEvents: FileEvent[];
  displayTimeUnit: string;
  otherData: { format: string; base: string; lib: string; lost: number; [more: string]: unknown };
}

export const TRACE_FORMAT = 'rouse-trace/1';

function fault(message: string, cause?: unknown): RouseError {
  return new RouseError('TRACE', message, { cause });
}

/** What a kind is called in the X-list of runtime/include/rouse/trace.h, less `.begin`. */
export function kindOf(event: FileEvent): string {
  const { cat = '', name } = event;
  const whole = event.ph === 'X' || cat === 'wake' || cat === 'log' || cat === 'lint' || cat === 'mem';
  return whole ? cat : `${cat}.${name}`;
}

/** Parses a file. Throws a RouseError if it is not a trace of ours. */
export function parseTrace(text: string): TraceFile {
  let file: any;
  try {
    file = JSON.parse(text);
  } catch (error) {
    const cut = /^\s*\{\s*"traceEvents"/.test(text);
    throw fault(cut ? 'the trace is cut off: its JSON is not complete' : 'not JSON', error);
  }
  if (!Array.isArray(file?.traceEvents)) throw fault('not a trace: no list "traceEvents"');
  const format = file.otherData?.format;
  if (format === undefined) throw fault('a trace of another program: no "otherData.format"');
  if (format !== TRACE_FORMAT) throw fault(`the format is ${format}, this reads ${TRACE_FORMAT}`);
  return file;
}

/** The number that orders events; metadata and the ends of flows have none. */
export const seqOf = (event: FileEvent): number | undefined => event.args?.seq as number | undefined;

export type TraceBase = 'logical' | 'clock';

/** The same events on another time axis: `seq` in milliseconds, or the clock the program had. */
export function convertTrace(file: TraceFile, base: TraceBase): TraceFile {
  const times = new Map<number, number>();
  const time = (seq: number, t: number) => (base === 'logical' ? seq * 1000 : t * 1000 + seq / 1000);
  for (const { args } of file.traceEvents) {
    if (args?.seq !== undefined) times.set(Number(args.seq), Number(args.t));
  }
  // The end of a slice has no event of its own: its time is that of the last event before it.
  const at = (seq: number) => {
    let known = seq;
    while (known > 0 && !times.has(known)) known--;
    return time(seq, times.get(known) ?? 0);
  };
  const starts = new Map<number, number>(); // where polls begin, for the arrows that end there
  const anew = file.traceEvents.map((event) => {
    const seq = seqOf(event);
    if (seq === undefined) return event;
    const ts = at(seq);
    if (event.ph !== 'X') return { ...event, ts };
    starts.set(event.ts!, ts);
    return { ...event, ts, dur: at(Number(event.args!.end ?? seq + 1)) - ts };
  });
  const traceEvents = anew.map((event) =>
    event.ph === 'f' ? { ...event, ts: starts.get(event.ts!) ?? event.ts! } : event,
  );
  return { ...file, traceEvents, otherData: { ...file.otherData, base } };
}

export interface TraceStats {
  events: number;
  lost: number;
  /** From the first event to the last, in milliseconds of the program's clock. */
  milliseconds: number;
  kinds: Record<string, number>;
  tasks: { task: number; name: string; polls: number; wakes: number; outcome: string }[];
  neverPolled: string[];
  /** In order: what looked wrong, in which task (0: none), and what to do about it. */
  lints: { lint: string; task: number; text: string }[];
}

const STATUS_OK = 0;

/** What happened how often, task by task. */
export function traceStats(file: TraceFile): TraceStats {
  const kinds: Record<string, number> = {};
  const tasks = new Map<number, TraceStats['tasks'][number]>();
  const polled = new Set<number>();
  const made = new Map<number, string>();
  const times: number[] = [];
  const lints: TraceStats['lints'] = [];
  for (const event of file.traceEvents) {
    if (event.ph === 'M' || event.ph === 'f') continue;
    const kind = kindOf(event);
    const { task, t, fut, type, status } = event.args as Record<string, number>;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    times.push(t!);
    if (kind === 'fut.create') made.set(fut!, String(type));
    if (kind === 'poll') polled.add(fut!);
    if (kind === 'lint') lints.push({ lint: String(event.args!.lint), task: task!, text: String(event.args!.text) });
    if (kind === 'task.spawn')
      tasks.set(task!, { task: task!, name: String(type), polls: 0, wakes: 0, outcome: 'alive' });
    const row = tasks.get(task!);
    if (!row) continue;
    if (kind === 'poll' && fut === task) row.polls++;
    if (kind === 'wake') row.wakes++;
    if (kind === 'task.done') row.outcome = status === STATUS_OK ? 'done' : `failed (${status})`;
    if (kind === 'task.cancel') row.outcome = 'cancelled';
  }
  return {
    events: times.length,
    lost: file.otherData.lost,
    milliseconds: times.length > 0 ? times.at(-1)! - times[0]! : 0,
    kinds,
    tasks: [...tasks.values()],
    neverPolled: [...made].filter(([fut]) => !polled.has(fut)).map(([, name]) => name),
    lints,
  };
}
