// from.ts: a promise, or a function that makes one, as a future.
import { Future } from './future.js';
import { CallOptions } from './options.js';
import { isThenable, Watcher, type Waiter, type Watched } from './watch.js';

type Make<T> = (options: { readonly signal: AbortSignal }) => T | PromiseLike<T>;
const watcher = new Watcher();

class FromPromise<T> extends Future<T> implements Waiter {
  #source: PromiseLike<T> | Make<T>;
  #options?: CallOptions;
  #watched?: Watched;

  constructor(source: PromiseLike<T> | Make<T>) {
    super();
    this.#source = source;
  }

  protected begin(): void {
    const source = this.#source;
    const result = isThenable(source) ? source : source((this.#options = new CallOptions()));
    if (!isThenable(result)) return this.settle('fulfilled', result);
    this.#watched = watcher.watch(result, this);
  }

  /** @internal */
  finish(ok: boolean, value: unknown): void {
    this.settle(ok ? 'fulfilled' : 'rejected', value);
  }

  protected stop(reason: unknown): void {
    watcher.leave(this.#watched, this);
    this.settle('rejected', reason);
    if (this.#options) CallOptions.abort(this.#options, reason);
  }
}

/** Awaits a promise; or calls a function when it starts, whose signal is aborted if it is cancelled. */
export function from<T>(source: PromiseLike<T> | Make<T>): Future<T> {
  if (source instanceof Future) return source;
  if (typeof source !== 'function' && !isThenable(source))
    throw new TypeError('from takes a promise, or a function that gives one');
  return new FromPromise(source);
}
