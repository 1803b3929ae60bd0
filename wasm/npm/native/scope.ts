// scope.ts: structured concurrency: no task outlives the scope that it was spawned in. How one runs is in
// scoped.ts.
import { runtime } from './builtin.js';
import { race, spawn, timeout } from './combine.js';
import { from } from '../future/from.js';
import type { Future } from '../future/future.js';
import { future } from './generator.js';
import type { Scope } from './scoped.js';
import { Told } from '../future/settable.js';

/** @internal What scoped.ts is given. */
const tools = { Told, from, future, race, spawn, timeout };
/** @internal */
export type ScopeTools = typeof tools;

/** How a scope treats its tasks. */
export interface ScopeOptions {
  /** Tasks do not mind each other: one that fails ends neither the others nor the scope. When nobody awaits
      it either, its failure is an unhandled rejection. */
  supervise?: boolean;
}

/** Runs a body whose tasks end with it: it is done when all of them are. The first failure, of the body
    or of a task, cancels the rest; so does cancelling the scope. */
export function scope<T>(
  body: (scope: Scope) => Generator<Future<any> | PromiseLike<any>, T, any>,
  options: ScopeOptions = {},
): Future<T> {
  return future(() => runtime().scoped(tools, body, options))();
}
