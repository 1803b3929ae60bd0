// story.ts: from the trace record to steps a person can read, and one lane per future. It only reads:
// the same run always gives the same story.
import type { TraceEvent } from '../rouse/index.js';
import type { CRun } from './run-c.js';
import { mapSource, printedAt, type SourceMap } from './source-map.js';

// Of runtime/include/rouse/future.h: below FIRST_LINE and above LAST_LINE `at` is no source line.
const FIRST_LINE = 2;
const LAST_LINE = 0x7ffffffc;
const PENDING = 0x7fffffff;
const BY_TASK = 1;
const BY_TIMER = 2;
const HIDDEN = new Set(['turn.begin', 'turn.end', 'fut.move']);

export interface Step {
  /** Milliseconds since the start of the run. */
  t: number;
  kind: string;
  text: string;
  /** How many polls are on the stack. */
  depth: number;
  /** The lines of the C source it is about: first and last. */
  lines?: [number, number];
  warning?: boolean;
}

export interface Lane {
  name: string;
  bytes: number;
  polls: number;
  fate: string;
  neverPolled: boolean;
  /** Steps from its creation to its end. */
  from: number;
  to: number;
  bars: { from: number; to: number; ready: boolean }[];
}

export interface Story {
  steps: Step[];
  lanes: Lane[];
}

const isLine = (at: number) => at >= FIRST_LINE && at <= LAST_LINE;
const one = (line: number | undefined): [number, number] | undefined => line ? [line, line] : undefined;

/** Reads events in order; `stack` holds the futures being polled, outermost first. */
class Reader {
  readonly steps: Step[] = [];
  readonly lanes = new Map<number, Lane>();
  private readonly stack: number[] = [];
  private readonly map: SourceMap;
  private parked?: number;
  private readonly start: number;

  constructor(
    private readonly source: string,
    private readonly main: string,
    private readonly run: CRun,
  ) {
    this.map = mapSource(source);
    this.start = run.events[0]?.t ?? 0;
  }

  read(): Story {
    const prints = [...this.run.lines];
    this.run.events.forEach((event, index) => {
      while (prints[0] && prints[0].after <= index) this.print(prints.shift()!.text, event.t);
      if (!HIDDEN.has(event.kind)) this.event(event);
    });
    const last = this.run.events.at(-1)?.t ?? this.start;
    for (const line of prints) this.print(line.text, last);
    return { steps: this.steps, lanes: [...this.lanes.values()] };
  }

  private add(t: number, kind: string, text: string, lines?: [number, number], warning?: boolean): void {
    const step: Step = { t: t - this.start, kind, text, depth: this.stack.length };
    if (lines) step.lines = lines;
    if (warning) step.warning = true;
    this.steps.push(step);
  }

  private print(text: string, t: number): void {
    this.add(t, 'print', `prints “${text}”`, one(printedAt(this.source, text)));
  }

  private name(future: number): string {
    return this.lanes.get(future)?.name ?? this.main;
  }

  /** The line where the innermost async function of the lesson waits or runs. */
  private here(): [number, number] | undefined {
    for (const future of [...this.stack].reverse()) {
      const body = this.map.body(this.name(future));
      if (body) return one(body[0]);
    }
    return one(this.parked);
  }

  private lane(future: number, name: string, bytes: number): Lane {
    const from = this.steps.length;
    const lane = { name, bytes, polls: 0, fate: 'alive', neverPolled: false, from, to: from, bars: [] };
    this.lanes.set(future, lane);
    return lane;
  }

  private event(event: TraceEvent): void {
    const { kind, t, a, b, c, task } = event;
    if (kind === 'task.spawn') this.spawn(event);
    else if (kind === 'fut.create') this.create(event);
    else if (kind === 'fut.drop') this.drop(event);
    else if (kind === 'poll.begin') this.begin(event);
    else if (kind === 'poll.end') this.end(event);
    else if (kind === 'wake') this.wake(event);
    else if (kind === 'task.done') this.add(t, kind, `task ${task} is done`, one(this.map.main()));
    else if (kind === 'timer.arm') this.add(t, kind, `timer set, due at ${this.due(a, b)} ms`, this.here());
    else if (kind === 'timer.fire') this.add(t, kind, `the timer of ${this.name(c)} is due`, this.here());
    else if (kind === 'timer.cancel') this.add(t, kind, `the timer of ${this.name(c)} is cancelled`);
    else this.add(t, kind, event.text ?? `task ${task}`);
  }

  private due(low: number, high: number): number {
    return Math.round((low + high * 2 ** 32) / 1e6 - this.start);
  }

  private spawn({ kind, t, task, a, b }: TraceEvent): void {
    if (!this.lanes.has(a)) this.lane(a, this.main, b);
    this.add(t, kind, `${this.name(a)} becomes task ${task}`, one(this.map.main()));
  }

  private create({ kind, t, a, c, text = '?' }: TraceEvent): void {
    this.lane(a, text, c);
    const about = one(this.map.struct(text)) ?? this.here();
    this.add(t, kind, `${text} is made, ${c} bytes`, about);
  }

  private drop({ kind, t, a, b }: TraceEvent): void {
    const lane = this.lanes.get(a);
    const neverPolled = b === 1;
    const fate = neverPolled ? 'never polled' : 'dropped';
    if (lane) Object.assign(lane, { neverPolled, fate, to: this.steps.length });
    const name = this.name(a);
    const text = neverPolled ? `${name} is dropped, never polled` : `${name} is dropped`;
    this.add(t, kind, text, this.map.body(name) ?? this.here(), neverPolled);
  }

  private begin({ kind, t, a, b }: TraceEvent): void {
    if (this.stack.length === 0) delete this.parked;
    const name = this.name(a);
    const body = this.map.body(name);
    const from = isLine(b) ? ` from line ${b}` : body ? ' from the start' : '';
    const lines = isLine(b) ? one(b) : body ? one(body[0]) : this.here();
    const lane = this.lanes.get(a);
    if (lane) {
      lane.polls++;
      lane.bars.push({ from: this.steps.length, to: this.steps.length, ready: false });
    }
    this.add(t, kind, `poll ${name}${from}`, lines);
    this.stack.push(a);
  }

  private end({ kind, t, a, b, c }: TraceEvent): void {
    this.stack.pop();
    const name = this.name(a);
    const pending = c === PENDING;
    const lane = this.lanes.get(a);
    const bar = lane?.bars.at(-1);
    if (bar) Object.assign(bar, { to: this.steps.length, ready: !pending });
    if (lane) Object.assign(lane, { to: this.steps.length, fate: pending ? 'pending' : 'ready' });
    if (pending && isLine(b)) this.parked ??= b;
    const where = isLine(b) ? ` at line ${b}` : '';
    const lines = isLine(b) ? one(b) : one(this.map.body(name)?.[1]) ?? this.here();
    const result = pending ? `pending${where}` : c === 0 ? 'ready' : `failed, status ${c | 0}`;
    this.add(t, kind, `${name} is ${result}`, lines);
  }

  private wake({ kind, t, task, a, b }: TraceEvent): void {
    const isNew = this.parked === undefined;
    let text = `task ${task} is woken ${isNew ? 'for its first poll' : 'from outside'}`;
    if (b === BY_TIMER) text = `the timer wakes task ${task}`;
    if (b === BY_TASK) text = `task ${a} wakes task ${task}`;
    this.add(t, kind, text, one(this.parked) ?? one(this.map.main()));
  }
}

export function tellStory(source: string, main: string, run: CRun): Story {
  return new Reader(source, main, run).read();
}
