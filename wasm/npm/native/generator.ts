// generator.ts: `future(function* () { ... })`: a lazy async function. `yield*` awaits; cancelling it
// runs its `finally` blocks, which must not await. How it runs is in frame.ts.
import type { Future } from '../future/future.js';
import { Kind } from './kinds.js';
import { Native } from './native.js';

/** What a body yields: a future with `yield*`; a promise or thenable also with a plain `yield`. */
export type Awaits = Generator<Future<any> | PromiseLike<any>, any, any>;
type Body<A extends any[], T> = (...args: A) => Generator<Future<any> | PromiseLike<any>, T, any>;

/** A lazy async function: calling it makes a future; nothing runs. */
export function future<A extends any[], T>(body: Body<A, T>): (...args: A) => Future<T> {
  return (...args) => new Native<T, () => Awaits>(Kind.FRAME, () => body(...args));
}
