// schedule.ts: when the module runs. A burst of wakes costs one microtask. After a time slice the next
// turn is a macrotask, so that timers, input and painting get theirs. There is at most one host timer.

/** What the platform gives; each part may be missing (worklets, bare engines). */
export interface Platform {
  now(): number;
  setTimeout?: (run: () => void, ms: number) => unknown;
  clearTimeout?: (timer: any) => void;
  /** Runs soon, but after the platform had a chance to do other work. */
  macrotask?: (run: () => void) => void;
}

const MAX_TIMEOUT = 2 ** 31 - 1; // a longer setTimeout fires at once
const settled = Promise.resolve();

/** One MessageChannel for all, made when first needed: a new one per hop costs ten times as much. */
function messageChannelHop(): ((run: () => void) => void) | undefined {
  if (typeof MessageChannel === 'undefined') return undefined;
  const waiting: (() => void)[] = [];
  let channel: MessageChannel | undefined;
  return (run) => {
    if (!channel) {
      channel = new MessageChannel();
      channel.port1.onmessage = () => waiting.shift()?.();
    }
    waiting.push(run);
    channel.port2.postMessage(0);
  };
}

export function defaultPlatform(): Platform {
  const global = globalThis as any;
  return {
    now: typeof performance === 'undefined' ? () => Date.now() : () => performance.now(),
    setTimeout: global.setTimeout?.bind(global),
    clearTimeout: global.clearTimeout?.bind(global),
    macrotask: global.setImmediate?.bind(global) ?? messageChannelHop() ?? undefined,
  };
}

export class Scheduler {
  private queued = false;
  private timer: unknown;
  private deadline = Infinity;
  private sliceStart = -Infinity;

  constructor(
    private readonly tick: () => void,
    private readonly platform: Platform,
    private readonly sliceMs: number,
  ) {}

  /** Runs the module soon. Calls before it runs are one call. */
  wake(): void {
    if (this.queued) return;
    this.queued = true;
    const run = () => {
      this.queued = false;
      this.tick();
    };
    if (this.sliceOver() && this.platform.macrotask) {
      this.platform.macrotask(() => {
        this.sliceStart = this.platform.now();
        run();
      });
    } else {
      settled.then(run);
    }
  }

  /** True when this burst has had its time: a burst begins where the platform calls us. */
  sliceOver(): boolean {
    return this.platform.now() - this.sliceStart > this.sliceMs;
  }

  /** Called where the platform calls us: at a start, by a timer. */
  beginSlice(): void {
    this.sliceStart = this.platform.now();
  }

  /** Runs the module in `delay` ms, never early; replaces the last call. Negative: never. */
  wakeAt(delay: number): void {
    this.clear();
    if (!(delay >= 0)) return;
    this.deadline = this.platform.now() + delay;
    this.arm();
  }

  /** Nothing runs any more. */
  stop(): void {
    this.clear();
    this.queued = true;
  }

  private clear(): void {
    if (this.timer !== undefined) this.platform.clearTimeout?.(this.timer);
    this.timer = undefined;
    this.deadline = Infinity;
  }

  private arm(): void {
    const left = this.deadline - this.platform.now();
    const ms = Math.min(Math.max(Math.ceil(left), 1), MAX_TIMEOUT);
    const fire = () => {
      this.timer = undefined;
      if (this.platform.now() < this.deadline) return this.arm(); // early, or one of many chunks
      this.deadline = Infinity;
      this.beginSlice();
      this.tick();
    };
    if (this.platform.setTimeout) this.timer = this.platform.setTimeout(fire, ms);
    else settled.then(fire); // a platform without timers is polled
  }
}
