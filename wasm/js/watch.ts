// watch.ts: one reaction per promise, however many wait for it and however often. A reaction can never
// be taken back, so a promise that outlives its waiters keeps the one it has.

type Finish<W> = (waiter: W, ok: boolean, value: unknown) => void;

/** A promise that has its reaction, and who waits for it: mostly one. */
export class Watched {
  #first: unknown;
  #others?: Set<unknown>;
  isLeft = false; // once nobody waited for it
  constructor(readonly promise: object) {}

  add(waiter: unknown): void {
    if (this.#first === undefined && !this.#others?.size) this.#first = waiter;
    else (this.#others ??= new Set()).add(waiter);
  }
  /** True if that was the last. */
  delete(waiter: unknown): boolean {
    if (this.#first === waiter) this.#first = undefined;
    else if (!this.#others?.delete(waiter)) return false;
    return this.#first === undefined && !this.#others?.size;
  }
  settle<W>(finish: Finish<W>, ok: boolean, value: unknown): void {
    if (this.#first !== undefined) finish(this.#first as W, ok, value);
    if (this.#others) for (const each of this.#others) finish(each as W, ok, value);
    this.#first = this.#others = undefined;
  }
}

/** Promises that nobody waits for now, but whose reaction stays. */
const left = new WeakMap<object, Watched>();

export function isThenable(value: any): value is PromiseLike<unknown> {
  return value !== null && /^(object|function)$/.test(typeof value) && typeof value.then === 'function';
}

const isPromise = (value: object) => value instanceof Promise;

/** One per place that promises come from: it mostly gives the same one again, or a new one. */
export class Watcher {
  #latest?: Watched;

  watch<W>(thenable: PromiseLike<unknown>, waiter: W, finish: Finish<W>): Watched {
    // Only a promise gives the same result each time; another thenable may begin its work anew.
    const shared = isPromise(thenable);
    const promise = shared ? thenable : new Promise((resolve) => resolve(thenable));
    let watched = this.#latest?.promise === promise ? this.#latest : left.get(promise);
    if (!watched) {
      const fresh = (watched = new Watched(promise));
      const tell = (ok: boolean, value: unknown) => {
        if (this.#latest === fresh) this.#latest = undefined;
        if (fresh.isLeft) left.delete(promise);
        fresh.settle(finish, ok, value);
      };
      promise.then(
        (value) => tell(true, value),
        (reason) => tell(false, reason),
      );
      this.#latest = watched;
    }
    watched.add(waiter);
    return watched;
  }

  leave(watched: Watched | undefined, waiter: unknown): void {
    if (!watched?.delete(waiter)) return;
    if (this.#latest === watched) this.#latest = undefined;
    if (!watched.isLeft) left.set(watched.promise, watched);
    watched.isLeft = true;
  }
}
