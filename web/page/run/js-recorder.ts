// js-recorder.ts: records a rewritten program (rewrite-script.ts) while it runs. Its promises stay the engine's own:
// every hook is a synchronous call that returns its argument, so no tick is added.
//
// A frame is one call of a function:  enter -> running --pause--> waiting --resume--> running -> exit.
// Invariant: `stack` holds the running frames, innermost last; it is empty between two jobs.
import type { VirtualClock } from './virtual-clock.js';

/** Where a promise comes from, as far as one can see from outside. */
export interface Origin {
  call?: number;
  timer?: number;
}

/** `after`: how many events a C program in the same worker had recorded before. */
export type JsEvent = { t: number; line?: number; after?: number } & (
  | { kind: 'enter'; id: number; name: string; isAsync: boolean; by?: number; micro?: true; fromC?: true }
  | { kind: 'exit'; id: number; error?: string }
  | { kind: 'pause'; id: number; text: string; on?: Origin }
  | { kind: 'resume'; id: number; micro?: true }
  | { kind: 'timer.set'; timer: number; due: number }
  | { kind: 'timer.fire'; timer: number }
  | { kind: 'timer.clear'; timer: number }
  | { kind: 'print'; text: string }
  | { kind: 'unhandled'; text: string }
  | { kind: 'handled'; text: string }
);

export interface Frame {
  id: number;
  name: string;
  isAsync: boolean;
  state: 'running' | 'waiting' | 'done';
  line: number;
  error?: string;
  /** The last timer that was set while it ran. */
  timer?: number;
}

export const MOST_EVENTS = 7_000; // WebKit takes half a second for as many of timers
const FUEL = 5_000_000; // rounds of loops
const MOST_ROUNDS = 100; // of an interval: one that nobody clears has to end

export function asText(part: unknown): string {
  if (typeof part === 'string') return part;
  if (part instanceof Error) return String(part);
  return JSON.stringify(part) ?? String(part);
}

// By its tag, for a test runs programs in a realm of their own.
const isPromise = (value: unknown): value is object & typeof value =>
  Object.prototype.toString.call(value) === '[object Promise]';

export class Recorder {
  private readonly stack: Frame[] = [];
  private readonly origins = new WeakMap<object, Origin>();
  private lastCall = 0;
  private returned: Frame | undefined; // the call whose result has not been seen yet
  private isTimer = false;
  private isFromC = false;
  private count = 0;
  private fuel = FUEL;
  private readonly intervals = new Map<number, number>(); // by their first timer, the one that is set now

  /** `onStop`: is called if the program runs too long and is stopped. */
  constructor(
    private readonly clock: VirtualClock,
    private readonly emit: (event: JsEvent) => void,
    private readonly onStop: (why: string) => void = () => {},
  ) {}

  private tell(event: Omit<JsEvent, 't'> & Record<string, unknown>): void {
    if (++this.count > MOST_EVENTS) this.stop(`${MOST_EVENTS.toLocaleString('en')} events`);
    this.emit({ t: this.clock.now(), ...event } as JsEvent);
  }

  /** The program may catch this error, but its next hook throws it again. */
  private stop(after: string): never {
    const frame = this.stack.at(-1);
    const where = frame ? ` in \`${frame.name}\`, line ${frame.line},` : '';
    const why = `Stopped${where} after ${after}. The steps before are kept.`;
    this.onStop(why);
    throw new Error(why);
  }

  /** If no frame runs and no timer has just fired, this is a microtask. */
  private micro(): { micro?: true } {
    return this.stack.length === 0 && !this.isTimer && !this.isFromC ? { micro: true } : {};
  }

  private line(): { line?: number } {
    const line = this.stack.at(-1)?.line;
    return line === undefined ? {} : { line };
  }

  // ---- What rewrite-script.ts puts into the program ----

  enter(name: string, line: number, isAsync: boolean): Frame {
    const caller = this.stack.at(-1);
    const frame: Frame = { id: ++this.lastCall, name, isAsync, state: 'running', line };
    const by = caller ? { by: caller.id } : {};
    const micro = frame.id === 1 ? {} : this.micro();
    const fromC = this.isFromC ? { fromC: true } : {};
    this.isFromC = false;
    this.tell({ kind: 'enter', id: frame.id, name, isAsync, line, ...by, ...micro, ...fromC });
    this.stack.push(frame);
    return frame;
  }

  exit(frame: Frame): void {
    if (frame.state === 'done') return;
    this.caught(frame);
    this.remove(frame);
    frame.state = 'done';
    this.returned = frame;
    const error = frame.error === undefined ? {} : { error: frame.error };
    this.tell({ kind: 'exit', id: frame.id, line: frame.line, ...error });
  }

  threw(frame: Frame, error: unknown): unknown {
    this.caught(frame);
    frame.error = asText(error);
    return error;
  }

  /** Around the operand of an await or a yield. */
  pause<T>(frame: Frame, line: number, text: string, value: T): T {
    const origin = this.origins.get(value as object);
    this.tell({ kind: 'pause', id: frame.id, line, text, ...(origin ? { on: origin } : {}) });
    frame.line = line;
    frame.state = 'waiting';
    this.remove(frame);
    this.returned = frame;
    return value;
  }

  /** Around the whole await. */
  resume<T>(frame: Frame, value: T): T {
    this.caught(frame);
    return value;
  }

  /** Stands wherever a frame may run again without `resume`: in a catch, in a finally, before the next call. */
  caught(frame: Frame): void {
    if (frame.state !== 'waiting') return;
    this.tell({ kind: 'resume', id: frame.id, line: frame.line, ...this.micro() });
    frame.state = 'running';
    this.stack.push(frame);
  }

  /** In each round of a loop. */
  burn(frame: Frame, line: number): void {
    if (--this.fuel > 0) return;
    frame.line = line;
    this.stop(`${FUEL / 1e6} million rounds of loops`);
  }

  /** Before a call. */
  at(frame: Frame, line: number): void {
    this.caught(frame);
    this.returned = undefined;
    const top = this.stack.at(-1);
    if (top) top.line = line;
  }

  /** After a call. Its result may be the promise of an async function. */
  result<T>(_: void, value: T): T {
    const frame = this.returned;
    this.returned = undefined;
    if (!frame || !isPromise(value) || this.origins.has(value)) return value;
    if (frame.isAsync) this.origins.set(value, { call: frame.id });
    else if (frame.timer !== undefined) this.origins.set(value, { timer: frame.timer });
    return value;
  }

  private remove(frame: Frame): void {
    const at = this.stack.lastIndexOf(frame);
    if (at >= 0) this.stack.splice(at, 1);
  }

  // ---- What the program gets instead of the platform's functions ----

  setTimeout(run: (...args: unknown[]) => void, ms?: number, args: unknown[] = []): number {
    const timer: number = this.clock.set(() => {
      this.tell({ kind: 'timer.fire', timer });
      this.isTimer = true;
      try {
        run(...args);
      } finally {
        this.isTimer = false;
      }
    }, ms);
    const due = this.clock.now() + Math.max(Number(ms) || 0, 0);
    this.tell({ kind: 'timer.set', timer, due, ...this.line() });
    for (const frame of this.stack) frame.timer = timer;
    return timer;
  }

  /** A timer that sets the next one after it has fired, as platforms do. */
  setInterval(run: (...args: unknown[]) => void, ms?: number, args: unknown[] = []): number {
    let rounds = 0;
    const round = () => {
      try {
        run(...args);
      } finally {
        if (this.intervals.has(first)) {
          if (++rounds >= MOST_ROUNDS) this.stop(`${MOST_ROUNDS} rounds of an interval that nobody cleared`);
          this.intervals.set(first, this.setTimeout(round, ms));
        }
      }
    };
    const first = this.setTimeout(round, ms);
    this.intervals.set(first, first);
    return first;
  }

  /** Of an interval as well. */
  clearTimeout(id: number): void {
    const timer = this.intervals.get(id) ?? id;
    this.intervals.delete(id);
    if (this.clock.clear(timer)) this.tell({ kind: 'timer.clear', timer, ...this.line() });
  }

  /** A C program in the same worker calls a function of this one. */
  callFromC<T>(call: () => T): T {
    this.isFromC = true;
    try {
      return call();
    } finally {
      this.isFromC = false;
    }
  }

  print(text: string): void {
    this.tell({ kind: 'print', text, ...this.line() });
  }

  unhandled(reason: unknown, line?: number): void {
    this.tell({ kind: 'unhandled', text: asText(reason), ...(line !== undefined && { line }) });
  }

  /** Of a rejection that was unhandled before. */
  handled(reason: unknown): void {
    this.tell({ kind: 'handled', text: asText(reason) });
  }
}
