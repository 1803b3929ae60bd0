// from.ts: a promise, or a function that makes one, as a future.
import { CallOptions } from './call-options.js';
import { Future } from './future.js';
import { isThenable, Watcher, type Watched } from './promise-watch.js';
import { Settable } from './settable.js';

type Make<T> = (options: { readonly signal: AbortSignal }) => T | PromiseLike<T>;

const watcher = new Watcher();

/** Awaits a promise; or calls a function when it starts, whose signal is aborted if it is cancelled. */
export function from<T>(source: PromiseLike<T> | Make<T>): Future<T> {
  if (source instanceof Future) return source;
  if (typeof source !== 'function' && !isThenable(source))
    throw new TypeError('from takes a promise, or a function that gives one');
  return new Settable<T>((settable) => {
    let watched: Watched | undefined;
    let options: CallOptions | undefined;
    settable.stopped = (reason) => {
      watcher.leave(watched, settable);
      if (options) CallOptions.abort(options, reason);
    };
    const result = isThenable(source) ? source : source((options = new CallOptions()));
    if (!isThenable(result)) return settable.settle('fulfilled', result);
    watched = watcher.watch(result, settable);
  });
}

/** @internal A future for anything that can be awaited. */
export function toFuture(value: unknown): Future<any> {
  if (value instanceof Future) return value;
  if (isThenable(value)) return from(value);
  if (typeof value === 'function') throw new TypeError('this is a function: call it, or give it to `from`');
  throw new TypeError('this is neither a future nor a promise');
}
