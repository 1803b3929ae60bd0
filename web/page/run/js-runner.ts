// js-runner.ts: runs one JavaScript module in a worker and reports what it does. Each run has a new worker: nothing
// of the last run is left, and the page can end it from outside.
//
//   { source }               a module that rewrite-script.ts has changed: recorded, on the virtual clock
//   { source, plain: true }  a module as it was written, on the real one: only what it prints
import { asText, Recorder, type JsEvent } from './js-recorder.js';
import { channelHop, VirtualClock } from './virtual-clock.js';

export interface JsStart {
  source: string;
  plain?: boolean;
  /** The C program that it loads, if any. */
  bytes?: ArrayBuffer;
}
/** A C program in the same worker, on the same clock. */
export interface Beside {
  /** How many events it has recorded so far. */
  count(): number;
  /** To be called when the script has ended. */
  end(): void;
}
export type Join = (start: JsStart, clock: VirtualClock, recorder: Recorder) => Beside;
export type JsMessage =
  { kind: 'ready' | 'done' } | { kind: 'events'; events: JsEvent[] } | { kind: 'stopped' | 'error'; text: string };

interface Scope {
  $r?: Recorder;
  postMessage(message: JsMessage): void;
  onmessage: ((event: MessageEvent<JsStart>) => void) | null;
  setTimeout: unknown;
  [name: string]: unknown;
}

const scope = self as unknown as Scope;
const realSetTimeout = self.setTimeout.bind(self);
const realSetInterval = self.setInterval.bind(self);
const realClearTimeout = self.clearTimeout.bind(self);
const hop = channelHop();
const BATCH = 256;

let beside: Beside | undefined;
let batch: JsEvent[] = [];
function flush(): void {
  if (batch.length > 0) scope.postMessage({ kind: 'events', events: batch });
  batch = [];
}
/** Sends in batches while the program runs: what was sent survives a program that is stopped. */
function send(event: JsEvent): void {
  if (beside) event.after = beside.count();
  if (batch.push(event) >= BATCH) flush();
}
function end(message: JsMessage): void {
  flush();
  scope.postMessage(message);
}
const textOf = (parts: unknown[]) => parts.map(asText).join(' ');

/** The clock and all that depends on it, virtual or real. `turn` waits for one macrotask. */
interface Ground {
  waiting(): boolean;
  turn(): Promise<void>;
  print(text: string): void;
  unhandled(reason: unknown): void;
  handled(reason: unknown): void;
}

/** `Date` with another `now`; all else is the platform's. */
function virtualDate(now: () => number): DateConstructor {
  const at = (args: unknown[]) => (args.length > 0 ? args : [now()]);
  return new Proxy(Date, {
    construct: (date, args, self) => Reflect.construct(date, at(args), self),
    apply: (date) => new date(now()).toString(),
    get: (date, key) => (key === 'now' ? now : Reflect.get(date, key)),
  });
}

function virtualGround(start: JsStart, join: Join | undefined): Ground {
  const clock = new VirtualClock(hop);
  const recorder = (scope.$r = new Recorder(clock, send, (text) => end({ kind: 'stopped', text })));
  beside = join?.(start, clock, recorder);
  scope.setTimeout = (run: () => void, ms?: number, ...args: unknown[]) => recorder.setTimeout(run, ms, args);
  scope.setInterval = (run: () => void, ms?: number, ...args: unknown[]) => recorder.setInterval(run, ms, args);
  scope.clearTimeout = scope.clearInterval = (id: number) => recorder.clearTimeout(id);
  scope.Date = virtualDate(() => clock.now());
  performance.now = () => clock.now();
  return {
    waiting: () => clock.waiting() > 0,
    turn: () => new Promise((done) => hop(done)),
    print: (text) => recorder.print(text),
    unhandled: (reason) => recorder.unhandled(reason, lineOf(reason)),
    handled: (reason) => recorder.handled(reason),
  };
}

function realGround(): Ground {
  const timers = new Set<number>();
  scope.setTimeout = (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const id: number = realSetTimeout(() => (timers.delete(id), run(...args)), ms);
    timers.add(id);
    return id;
  };
  scope.setInterval = (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const id: number = realSetInterval(run, ms, ...args);
    timers.add(id);
    return id;
  };
  scope.clearTimeout = scope.clearInterval = (id: number) => (timers.delete(id), realClearTimeout(id));
  return {
    waiting: () => timers.size > 0,
    turn: () => new Promise((done) => realSetTimeout(done, 1)),
    print: (text) => send({ kind: 'print', t: 0, text }),
    unhandled: (reason) => send({ kind: 'unhandled', t: 0, text: asText(reason) }),
    handled: (reason) => send({ kind: 'handled', t: 0, text: asText(reason) }),
  };
}

/** Where in the program an error was made, from its stack. */
function lineOf(reason: unknown): number | undefined {
  const { stack = '' } = (reason ?? {}) as { stack?: string };
  const from = program ? stack.indexOf(program) : -1;
  const line = from < 0 ? null : /^:(\d+)/.exec(stack.slice(from + program.length));
  return line ? Number(line[1]) : undefined;
}

let program = ''; // its address

/** The end: no timer waits, and every microtask has run. So a module that awaits for ever ends, too. */
async function runToEnd(source: string, ground: Ground): Promise<void> {
  program = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const loaded = import(program).catch((error) => ground.unhandled(error));
  let isLoaded = false;
  void loaded.then(() => (isLoaded = true));
  const hasBegun = () => isLoaded || ground.waiting();
  for (let idle = 0; idle < 3;) {
    await ground.turn();
    if (!hasBegun()) await new Promise((done) => realSetTimeout(done, 4)); // it is still being fetched
    idle = ground.waiting() ? 0 : isLoaded ? idle + 1 : idle + 0.01;
  }
}

async function onStart(data: JsStart, join: Join | undefined): Promise<void> {
  const ground = data.plain ? realGround() : virtualGround(data, join);
  console.log = (...parts: unknown[]) => ground.print(textOf(parts));
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    ground.unhandled(event.reason);
  });
  self.addEventListener('rejectionhandled', (event) => ground.handled(event.reason));
  try {
    await runToEnd(data.source, ground);
    beside?.end();
    end({ kind: 'done' });
  } catch (error) {
    end({ kind: 'error', text: asText(error) });
  }
}

/** What a worker's script does. */
export function listen(join?: Join): void {
  scope.onmessage = ({ data }) => void onStart(data, join);
  scope.postMessage({ kind: 'ready' });
}
