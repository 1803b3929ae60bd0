// early-rejections.ts: promises among the arguments of calls that C has not polled yet. When the time slice is over, C
// awaits them a macrotask later; by then the platform would have reported those that are rejected already.
//
// Invariant: what C has not awaited when no task is left is reported then: nothing is swallowed.

const { then } = Promise.prototype;

export class EarlyRejections {
  #fresh = new Set<object>(); // of calls that may not have been polled
  #held = new Map<object, unknown>(); // rejected, and not awaited so far

  /** A call has begun. */
  begun(args: readonly unknown[]): void {
    for (const arg of args) if (arg instanceof Promise) this.#fresh.add(arg);
  }
  /** A turn has polled all that was ready. */
  polled(): void {
    if (this.#fresh.size > 0) this.#fresh.clear();
  }
  /** The next turn is a macrotask. */
  hop(): void {
    for (const promise of this.#fresh)
      then.call(promise as Promise<unknown>, undefined, (reason) => void this.#held.set(promise, reason));
    this.polled();
  }
  /** C awaits it. */
  awaited(thenable: object): void {
    if (this.#fresh.size > 0) this.#fresh.delete(thenable);
    if (this.#held.size > 0) this.#held.delete(thenable);
  }
  /** No task is left: the platform reports the others. */
  idle(): void {
    for (const reason of this.#held.values()) void Promise.reject(reason);
    this.#held.clear();
  }
}
