// schedule.ts: when the module runs. A burst of wakes costs one microtask. After a time slice the next
// turn is a macrotask, so that timers, input and painting get theirs. There is at most one host timer.
//
// Invariant: between `start` and `stop`, `queued` is set from the first wake of a burst to its turn;
// a callback that finds nothing queued, or comes from a timer that was replaced, does nothing.

/** What the platform gives; each part may be missing (worklets, bare engines). */
export interface Platform {
  now(): number;
  setTimeout?: (run: () => void, ms: number) => unknown;
  clearTimeout?: (timer: any) => void;
  /** Runs soon, but after the platform had a chance to do other work. */
  macrotask?: (run: () => void) => void;
}

// Turns that follow closely on each other are short ones: so many do without the clock. It is close where
// all of them together take less than half of a slice.
const MOST_UNREAD = 7;
const MAX_TIMEOUT = 2 ** 31 - 1; // a longer setTimeout fires at once
// A settled promise's `then`, for queueMicrotask costs twenty times as much in Chromium.
const settled = Promise.resolve();

/** Whoever wakes us: the turn that comes of it runs in the async context of that moment. */
export interface Waker {
  /** That turn is over, or will not come: the next one may run in any context. */
  leftTurn(): void;
}

type Hop = (run: () => void) => void;
let channelHop: Hop | undefined;

/** One MessageChannel for all programs, made when first needed: a new one per hop costs ten times as
    much. Where an open port keeps the process alive, it does so only while somebody waits. */
function messageChannelHop(): Hop {
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  const port = port1 as MessagePort & { ref?(): void; unref?(): void };
  port.onmessage = () => {
    const run = waiting.shift();
    if (waiting.length === 0) port.unref?.();
    run?.();
  };
  return (run) => {
    port.ref?.();
    waiting.push(run);
    port2.postMessage(0);
  };
}

function defaultHop(): Hop | undefined {
  const { setImmediate } = globalThis as any;
  if (setImmediate) return (run) => setImmediate(run);
  if (typeof MessageChannel === 'undefined') return undefined;
  return (run) => (channelHop ??= messageChannelHop())(run);
}

export function defaultPlatform(): Platform {
  const global = globalThis as any;
  const { performance } = global;
  return {
    now: performance?.now ? () => performance.now() : () => Date.now(),
    setTimeout: global.setTimeout?.bind(global),
    clearTimeout: global.clearTimeout?.bind(global),
    macrotask: defaultHop(),
  };
}

/** @internal */
export class Scheduler {
  #tick: () => void;
  #platform: Platform;
  #sliceMs: number;
  #live = false;
  #queued = false;
  #timer: { handle?: unknown } | undefined;
  /** A turn is due as a macrotask, and only a timer can make one. */
  #hopByTimer = false;
  #deadline = Infinity;
  #sliceStart = -Infinity;
  #turnStart = -Infinity;
  #idleSince = -Infinity;
  #unread = 0;
  #keepsAlive = true;
  #waker: Waker | undefined;
  /** Of this turn: everything runs in its context. */
  context: Waker | undefined;

  /** `tick` must not throw. */
  constructor(tick: () => void, platform: Platform, sliceMs: number) {
    this.#tick = tick;
    this.#platform = platform;
    this.#sliceMs = sliceMs;
  }

  /** The program begins, and with it the first slice. */
  start(): void {
    this.#live = true;
    this.#beginSlice();
  }

  /** Nothing runs any more, and no timer is left behind. */
  stop(): void {
    this.#live = this.#queued = false;
    this.#clear();
  }

  /** Runs the module soon. Calls before it runs are one call: true if this is the first. */
  wake(waker?: Waker): boolean {
    if (this.#queued || !this.#live) return false;
    this.#queued = true;
    this.#waker = waker;
    settled.then(this.#soon);
    return true;
  }

  /** The same at once, where that is as good: in a microtask with nothing to wait for. */
  wakeNow(waker?: Waker): void {
    if (this.#queued || !this.#live) return;
    this.#queued = true;
    this.#waker = waker;
    this.#soon();
  }

  readonly #soon = () => {
    if (!this.#queued) return;
    if (this.#unread-- > 0) return this.#run(this.#turnStart);
    const now = this.#platform.now(); // the dearest call of all here
    this.#unread = now - this.#turnStart < this.#sliceMs / 16 ? MOST_UNREAD : 0;
    // Who was idle for longer than a slice did not keep the others waiting: a new slice begins.
    if (now - this.#idleSince > this.#sliceMs) this.#sliceStart = now;
    if (now - this.#sliceStart > this.#sliceMs) this.#hop();
    else this.#run(now);
  };

  readonly #afresh = () => {
    if (this.#queued) this.#run(this.#beginSlice());
  };

  /** Whether its timer keeps the process alive, where timers do. */
  ref(keepsAlive: boolean): void {
    this.#keepsAlive = keepsAlive;
    this.#applyRef();
  }

  #applyRef(): void {
    const handle = this.#timer?.handle as { ref?(): void; unref?(): void } | undefined;
    if (this.#keepsAlive) handle?.ref?.();
    else handle?.unref?.();
  }

  /** True when this burst has had its time: a burst begins where the platform calls us. */
  sliceOver(): boolean {
    return this.#platform.now() - this.#sliceStart > this.#sliceMs;
  }

  /** Runs the module in `delay` ms, never early; replaces the last call. Negative, NaN: never. */
  wakeAt(delay: number): void {
    this.#clear();
    if (!this.#live || Number.isNaN(delay) || delay < 0) return;
    if (delay === 0) return void this.wake();
    this.#deadline = this.#platform.now() + delay;
    this.#arm();
  }

  #beginSlice(): number {
    return (this.#sliceStart = this.#platform.now());
  }

  #run(now: number): void {
    if (!this.#live) return;
    this.#turnStart = now;
    this.#queued = this.#hopByTimer = false;
    this.context = this.#waker;
    this.#waker = undefined;
    this.#tick();
    this.context?.leftTurn();
    this.context = undefined;
    this.#idleSince = this.#unread > 0 ? now : this.#platform.now();
    // The module names a deadline once. It stands until replaced, also when our clock was ahead of
    // the module's by less than a nanosecond and the turn found nothing due.
    if (!this.#timer) this.#arm();
  }

  #hop(): void {
    const platform = this.#platform;
    this.#waker?.leftTurn(); // not every macrotask has the context of who asked for it
    this.#waker = undefined;
    if (platform.macrotask) platform.macrotask(this.#afresh);
    else if (!platform.setTimeout) settled.then(this.#afresh); // nothing else can run here anyway
    else {
      this.#hopByTimer = true;
      this.#arm();
    }
  }

  #clear(): void {
    this.#deadline = Infinity;
    if (!this.#hopByTimer || !this.#live) this.#disarm();
  }

  #disarm(): void {
    if (this.#timer) this.#platform.clearTimeout?.(this.#timer.handle);
    this.#timer = undefined;
  }

  /** The one timer: for the deadline, or at once for a hop. */
  #arm(): void {
    if (!this.#live || (this.#deadline === Infinity && !this.#hopByTimer)) return;
    this.#disarm();
    const left = this.#deadline - this.#platform.now();
    const ms = this.#hopByTimer ? 0 : Math.min(Math.max(Math.ceil(left), 1), MAX_TIMEOUT);
    const timer: { handle?: unknown } = (this.#timer = {});
    const fire = () => {
      if (this.#timer === timer) this.#fired();
    };
    const platform = this.#platform;
    if (platform.setTimeout) {
      timer.handle = platform.setTimeout(fire, ms);
      if (!this.#keepsAlive) this.#applyRef();
    }
    else if (platform.macrotask) platform.macrotask(fire); // without timers the clock is watched
    else settled.then(fire);
  }

  #fired(): void {
    this.#timer = undefined;
    const due = this.#hopByTimer || this.#platform.now() >= this.#deadline;
    if (!due) return this.#arm(); // early, or one of many chunks
    this.#run(this.#beginSlice());
  }
}
