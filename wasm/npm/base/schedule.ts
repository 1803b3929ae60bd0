// schedule.ts: when the module runs. A burst of wakes costs one microtask. After a time slice the next
// turn is a macrotask, so that timers, input and painting get theirs. One host timer waits for the deadline.
//
// Invariant: between `start` and `stop`, `queued` is set from the first wake of a burst to its turn;
// a callback that finds nothing queued, or comes from a timer that was replaced, does nothing.

/** What the platform provides. Worklets and bare engines may lack each optional part. */
export interface Platform {
  now(): number;
  setTimeout?: (run: () => void, ms: number) => unknown;
  clearTimeout?: (timer: any) => void;
  /** Runs soon, but after the platform had a chance to do other work. */
  macrotask?: (run: () => void) => void;
}

// Turns in quick succession are short, so up to this many run without a look at the clock. Quick means: all of them
// together take less than half of a slice.
const MOST_UNREAD = 7;
const MAX_TIMEOUT = 2 ** 31 - 1; // a longer setTimeout fires at once
// A settled promise's `then`, for queueMicrotask costs twenty times as much in Chromium.
const settled = Promise.resolve();

/** Who woke us. The turn that follows runs in the async context of that moment. */
export interface Waker {
  /** That turn is over, or will not come. Later turns may run in any context. */
  leftTurn(): void;
}

type Run = () => void;
const waiting: Run[] = [];
let channel: MessageChannel | undefined;

/** One MessageChannel for all programs, made when first needed: a new one for each hop costs ten times as much. In
    Node an open port keeps the process alive; this one does so only while a program waits for it. */
function channelHop(run: Run): void {
  channel ??= new MessageChannel();
  const port = channel.port1 as MessagePort & { ref?(): void; unref?(): void };
  port.onmessage ??= () => {
    const next = waiting.shift();
    if (waiting.length === 0) port.unref?.();
    next?.();
  };
  port.ref?.();
  waiting.push(run);
  channel.port2.postMessage(0);
}

/** What the global object has at each use: fake timers of tests come and go. */
export function defaultPlatform(): Platform {
  const global = globalThis as any;
  const { setTimeout, clearTimeout, setImmediate, MessageChannel } = global;
  const hop = MessageChannel && channelHop;
  return {
    now: () => (global.performance?.now ? global.performance.now() : Date.now()),
    setTimeout: setTimeout && ((run, ms) => global.setTimeout(run, ms)),
    clearTimeout: clearTimeout && ((timer) => global.clearTimeout(timer)),
    macrotask: setImmediate ? (run) => global.setImmediate(run) : hop,
  };
}

/** @internal */
export class Scheduler {
  #live = false;
  #queued = false;
  #timer: { handle?: any } | undefined; // the current one: a replaced timer may still fire
  #deadline = Infinity;
  #sliceStart = -Infinity;
  #turnStart = -Infinity;
  #idleSince = -Infinity;
  #unread = 0;
  #keepsAlive = true;
  #waker: Waker | undefined;
  /** Called before the platform gets the thread, while something is ready. */
  hopping: Run = () => {};
  /** Who woke us for this turn: everything in it runs in that context. */
  context: Waker | undefined;

  /** `tick` must not throw. */
  constructor(
    private readonly tick: Run,
    private readonly platform: Platform,
    private readonly sliceMs: number,
  ) {}

  /** The program begins, and so does the first slice. */
  start(): void {
    this.#live = true;
    this.#beginSlice();
  }

  /** Nothing runs any more, and no timer is left behind. */
  stop(): void {
    this.#live = this.#queued = false;
    this.#disarm();
  }

  /** Runs the module soon. Calls before it runs are one call: true if this is the first. */
  wake(waker?: Waker): boolean {
    const isFirst = this.#queue(waker);
    if (isFirst) settled.then(this.#soon);
    return isFirst;
  }

  /** The same, but runs it at once: for a caller that is in a microtask already. */
  wakeNow(waker?: Waker): void {
    if (this.#queue(waker)) this.#soon();
  }

  #queue(waker?: Waker): boolean {
    if (this.#queued || !this.#live) return false;
    this.#waker = waker;
    return (this.#queued = true);
  }

  readonly #soon = () => {
    if (!this.#queued) return;
    if (this.#unread-- > 0) return this.#run(this.#turnStart);
    const now = this.platform.now(); // the dearest call of all here
    this.#unread = now - this.#turnStart < this.sliceMs / 16 ? MOST_UNREAD : 0;
    // A program that was idle for longer than a slice kept nobody waiting: a new slice begins.
    if (now - this.#idleSince > this.sliceMs) this.#sliceStart = now;
    if (now - this.#sliceStart > this.sliceMs) this.#hop();
    else this.#run(now);
  };

  readonly #afresh = () => {
    if (this.#queued) this.#run(this.#beginSlice());
  };

  /** Whether its timer keeps the process alive, where timers do. */
  ref(keepsAlive: boolean): void {
    this.#keepsAlive = keepsAlive;
    this.#timer?.handle?.[keepsAlive ? 'ref' : 'unref']?.();
  }

  /** True when this slice is over. A slice begins when the platform calls us. */
  sliceOver(): boolean {
    return this.platform.now() - this.#sliceStart > this.sliceMs;
  }

  /** Runs the module in `delay` ms, never early; replaces the last call. Negative, NaN: never. */
  wakeAt(delay: number): void {
    this.#disarm();
    if (delay === 0) this.wake();
    if (!(delay > 0 && this.#live)) return;
    this.#deadline = this.platform.now() + delay;
    this.#arm();
  }

  #beginSlice(): number {
    return (this.#sliceStart = this.platform.now());
  }

  #run(now: number): void {
    this.#turnStart = now;
    this.#queued = false;
    this.context = this.#waker;
    this.#waker = undefined;
    this.tick();
    this.context?.leftTurn();
    this.context = undefined;
    this.#idleSince = this.#unread > 0 ? now : this.platform.now();
    // The module names a deadline once. It stands until replaced, also when our clock was ahead of
    // the module's by less than a nanosecond and the turn found nothing due.
    if (!this.#timer) this.#arm();
  }

  #hop(): void {
    this.hopping();
    this.#waker?.leftTurn(); // a macrotask may run in another context
    this.#waker = undefined;
    if (this.platform.macrotask) this.platform.macrotask(this.#afresh);
    else this.#later(this.#afresh, 0);
  }

  /** By a timer, if there are any. */
  #later(run: Run, ms: number): unknown {
    const { platform } = this;
    if (platform.setTimeout) return platform.setTimeout(run, ms);
    return platform.macrotask ? platform.macrotask(run) : settled.then(run); // nothing else could run
  }

  #disarm(): void {
    this.#deadline = Infinity;
    if (this.#timer) this.platform.clearTimeout?.(this.#timer.handle);
    this.#timer = undefined;
  }

  #arm(): void {
    if (this.#deadline === Infinity) return;
    const { platform } = this;
    const timer: { handle?: unknown } = (this.#timer = {});
    const fire = () => {
      if (this.#timer !== timer) return;
      this.#timer = undefined;
      if (platform.now() < this.#deadline)
        this.#arm(); // early, or one of many chunks
      else this.#run(this.#beginSlice());
    };
    const left = Math.ceil(this.#deadline - platform.now());
    timer.handle = this.#later(fire, Math.min(Math.max(left, 1), MAX_TIMEOUT));
    if (!this.#keepsAlive) this.ref(false);
  }
}
