// from.ts: a promise, or a function that makes one, as a future.
import { Future } from './future.js';
import { CallOptions } from './call-options.js';
import { Told } from './settable.js';

type Make<T> = (options: { readonly signal: AbortSignal }) => T | PromiseLike<T>;

/** Who waits for a promise. It has one reaction, however many wait and however often: one can never be taken
    back. */
const waiting = new WeakMap<PromiseLike<unknown>, Set<Told<any>>>();

function watch(thenable: PromiseLike<unknown>): Set<Told<any>> {
  // Only a promise gives the same result each time; another thenable may begin its work anew.
  const promise = thenable instanceof Promise ? thenable : new Promise((resolve) => resolve(thenable));
  const known = waiting.get(promise);
  if (known) return known;
  const all = new Set<Told<any>>();
  const tell = (phase: 'fulfilled' | 'rejected') => (value: unknown) => {
    waiting.delete(promise);
    for (const each of all) each.settle(phase, value);
  };
  waiting.set(promise, all);
  promise.then(tell('fulfilled'), tell('rejected'));
  return all;
}

/** @internal */
export const isThenable = (value: any): value is PromiseLike<unknown> => typeof value?.then === 'function';

/** Awaits a promise; or calls a function when it starts, whose signal is aborted if it is cancelled. */
export function from<T>(source: PromiseLike<T> | Make<T>): Future<T> {
  if (source instanceof Future) return source;
  if (typeof source !== 'function' && !isThenable(source))
    throw new TypeError('from takes a promise, or a function that gives one');
  return new Told<T>((told) => {
    let waiters: Set<Told<any>> | undefined;
    let options: CallOptions | undefined;
    told.stopped = (reason) => {
      waiters?.delete(told);
      if (options) CallOptions.abort(options, reason);
    };
    const result = isThenable(source) ? source : source((options = new CallOptions()));
    if (!isThenable(result)) return told.settle('fulfilled', result);
    waiters = watch(result).add(told);
  });
}

/** @internal What somebody awaits. */
export function toFuture(value: unknown): Future<any> {
  if (value instanceof Future) return value;
  if (isThenable(value)) return from(value);
  if (typeof value === 'function') throw new TypeError('this is a function: call it, or give it to `from`');
  throw new TypeError('this is neither a future nor a promise');
}
