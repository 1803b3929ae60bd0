// watch.ts: one reaction per promise, however many wait for it and however often. A reaction can never
// be taken back, so a promise that outlives its waiters keeps the one it has.

/** Who waits for a promise. */
export interface Waiter {
  finish(ok: boolean, value: unknown): void;
}

/** A promise that has its reaction, and who waits for it: mostly one. Used again for another promise once
    both are done, for making the two closures anew would cost more than all the rest. */
export class Watched {
  promise: object | undefined;
  watcher: Watcher | undefined;
  first: Waiter | undefined;
  others: Set<Waiter> | undefined;
  isLeft = false; // once nobody waited for it
  isNative = false; // its promise calls one of these two, once
  readonly onValue = (value: unknown) => this.#tell(true, value);
  readonly onReason = (reason: unknown) => this.#tell(false, reason);

  add(waiter: Waiter): void {
    if (this.first === undefined && !this.others?.size) this.first = waiter;
    else (this.others ??= new Set()).add(waiter);
  }
  /** True if that was the last. */
  delete(waiter: Waiter): boolean {
    if (this.first === waiter) this.first = undefined;
    else if (!this.others?.delete(waiter)) return false;
    return this.first === undefined && !this.others?.size;
  }
  #tell(ok: boolean, value: unknown): void {
    const { first, others, watcher } = this;
    if (watcher?.latest === this) watcher.latest = undefined;
    if (this.isLeft) left.delete(this.promise!);
    this.promise = this.watcher = this.first = this.others = undefined;
    this.isLeft = false;
    first?.finish(ok, value);
    if (others) for (const each of others) each.finish(ok, value);
    if (this.isNative && spare.length < MOST_SPARE) spare.push(this);
  }
}

const MOST_SPARE = 1024;
const spare: Watched[] = [];
/** Promises that nobody waits for now, but whose reaction stays. */
const left = new WeakMap<object, Watched>();
let anyLeft = false;

const { then } = Promise.prototype;

/** One per place that promises come from: it mostly gives the same one again, or a new one. */
export class Watcher {
  latest: Watched | undefined;

  watch(thenable: PromiseLike<unknown>, waiter: Waiter): Watched {
    // Only a promise gives the same result each time; another thenable may begin its work anew.
    const promise = thenable instanceof Promise ? thenable : new Promise((resolve) => resolve(thenable));
    let watched = this.latest;
    if (watched?.promise !== promise) watched = anyLeft ? left.get(promise) : undefined;
    if (!watched) {
      this.latest = watched = spare.pop() ?? new Watched();
      watched.promise = promise;
      watched.watcher = this;
      watched.isNative = promise.then === then;
      promise.then(watched.onValue, watched.onReason);
    }
    watched.add(waiter);
    return watched;
  }

  leave(watched: Watched | undefined, waiter: Waiter): void {
    if (!watched?.delete(waiter)) return;
    if (this.latest === watched) this.latest = undefined;
    if (!watched.isLeft) left.set(watched.promise!, watched);
    watched.isLeft = anyLeft = true;
  }
}
