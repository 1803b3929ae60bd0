// virtual-clock.ts: time stands still while anything runs, and jumps to the next timer when nothing does.
// So a run takes no time, and is the same each time. Each timer fires in a macrotask of its own, because
// microtasks must run between two timers, as in a browser.

interface Timer {
  id: number;
  due: number;
  run: () => void;
}

export type Hop = (run: () => void) => void;

/** A real macrotask, made while setTimeout is still the platform's. */
export function channelHop(): Hop {
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()?.();
  return (run) => {
    waiting.push(run);
    port2.postMessage(0);
  };
}

export class VirtualClock {
  private time = 0;
  private lastId = 0;
  private timers: Timer[] = []; // by (due, id)
  private isAwake = false;
  private isIdle = false; // a whole macrotask has passed since time stood still

  constructor(private readonly hop: Hop) {}

  /** Milliseconds since the run began. */
  now(): number {
    return this.time;
  }

  /** How many timers wait. */
  waiting(): number {
    return this.timers.length;
  }

  set(run: () => void, ms = 0): number {
    const delay = Number(ms);
    const due = this.time + (delay > 0 ? delay : 0); // NaN is 0, as in setTimeout
    const timer = { id: ++this.lastId, due, run };
    const at = this.timers.findIndex((other) => other.due > due);
    this.timers.splice(at < 0 ? this.timers.length : at, 0, timer);
    this.wake();
    return timer.id;
  }

  /** False if the timer has fired or never existed. */
  clear(id: number): boolean {
    const at = this.timers.findIndex((timer) => timer.id === id);
    if (at >= 0) this.timers.splice(at, 1);
    return at >= 0;
  }

  private wake(): void {
    if (this.isAwake || this.timers.length === 0) return;
    this.isAwake = true;
    this.hop(() => this.jump());
  }

  private jump(): void {
    this.isAwake = false;
    const [next] = this.timers;
    // First run the tasks that the platform has queued, as for an unhandled rejection: they belong to this instant.
    if (next && next.due > this.time && !this.isIdle) {
      this.isIdle = true;
      return this.wake();
    }
    this.isIdle = false;
    const timer = this.timers.shift();
    if (!timer) return;
    this.time = Math.max(this.time, timer.due);
    this.wake(); // first: what runs may throw
    timer.run();
  }
}
