// promise-watch.ts: at most one reaction of ours per waiter of a promise, and mostly one for all of them. A reaction
// cannot be taken back, so the record of a promise that outlives its waiters keeps it.

export const isThenable = (value: any): value is PromiseLike<unknown> => typeof value?.then === 'function';

/** Waits for a promise. */
export interface Waiter {
  settle(phase: 'fulfilled' | 'rejected', value: unknown): void;
}

/** A promise that has its reaction, and its waiters: mostly one. Used again for another promise once both are done:
    to make the two closures anew would cost more than everything else here. */
export class Watched {
  promise: object | undefined;
  watcher: Watcher | undefined;
  first: Waiter | undefined;
  others: Set<Waiter> | undefined;
  isLeft = false; // once nobody waited for it
  isNative = false; // its promise calls one of these two, once
  readonly onValue = (value: unknown) => this.#settle('fulfilled', value);
  readonly onReason = (reason: unknown) => this.#settle('rejected', reason);

  add(waiter: Waiter): void {
    if (this.first === undefined && !this.others?.size) this.first = waiter;
    else (this.others ??= new Set()).add(waiter);
  }
  /** True if it was the last. */
  delete(waiter: Waiter): boolean {
    if (this.first === waiter) this.first = undefined;
    else if (!this.others?.delete(waiter)) return false;
    return this.first === undefined && !this.others?.size;
  }
  #settle(phase: 'fulfilled' | 'rejected', value: unknown): void {
    const { first, others, watcher } = this;
    if (watcher?.latest === this) watcher.latest = undefined;
    if (this.isLeft) left.delete(this.promise!);
    this.promise = this.watcher = this.first = this.others = undefined;
    this.isLeft = false;
    first?.settle(phase, value);
    if (others) for (const each of others) each.settle(phase, value);
    if (this.isNative && spare.length < MOST_SPARE) spare.push(this);
  }
}

const MOST_SPARE = 1024;
const spare: Watched[] = [];
/** Promises without a waiter now, whose reaction stays. */
const left = new WeakMap<object, Watched>();
let anyLeft = false;

const { then } = Promise.prototype;

/** One for each source of promises: a source mostly gives its last promise again, or a new one. */
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
