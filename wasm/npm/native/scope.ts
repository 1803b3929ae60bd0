// scope.ts: structured concurrency: no task outlives the scope that it was spawned in.
//
//   body and tasks run --all done, or one fails, or cancel--> tasks are ended --> deferred work --> done
import { from } from '../future/from.js';
import type { Future } from '../future/future.js';
import { Settable } from '../future/settable.js';
import { spawn, type SpawnOptions, type Task } from '../future/task.js';
import { race, timeout } from './combine.js';
import { future, type Awaits } from './generator.js';
import type { Time } from './time.js';

/** How a scope treats its tasks. */
export interface ScopeOptions {
  /** Tasks do not mind each other: one that fails ends neither the others nor the scope. When nobody awaits
      it either, its failure is an unhandled rejection. */
  supervise?: boolean;
}

/** Given to the body of `scope`: spawns tasks that do not outlive it. */
export class Scope {
  #tasks = new Set<Task<any>>();
  #deferred: Future<unknown>[] = [];
  #rooms = new Set<() => boolean>(); // called when a task has ended, until they return true
  #controller = new AbortController();
  #supervise: boolean | undefined;
  #isOver = false;
  /** @internal Runs what was deferred. */
  cleaning?: Task<void> | undefined;
  /** @internal Fails when the scope does. */
  readonly failed: Settable<never>;

  /** @internal */
  constructor({ supervise }: ScopeOptions) {
    this.#supervise = supervise;
    this.failed = new Settable();
    this.failed.start(); // so that it survives a race that it loses
  }

  /** A task of this scope. Its failure cancels the others and fails the scope; that it was aborted does
      not. One that is spawned when the scope is over never runs. */
  spawn<T>(future: Future<T>, options?: SpawnOptions): Task<T> {
    const { signal } = this;
    const task = spawn(future, signal.aborted ? { ...options, signal } : options);
    this.#tasks.add(task);
    future.observe(() => this.#left(task));
    if (task.finished) this.#left(task);
    if (!this.#supervise) task.catch((reason) => task.isAborted || this.cancel(reason));
    return task;
  }

  #left(task: Task<any>): void {
    this.#tasks.delete(task);
    for (const room of this.#rooms) if (room()) this.#rooms.delete(room);
  }

  /** How many of its tasks have not ended. */
  get size(): number {
    return this.#tasks.size;
  }

  /** For functions that take one: aborted when the scope is cancelled, has failed or is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Cancels the body and every task; the scope fails with the reason. The first call counts. */
  cancel(reason?: unknown): void {
    this.#controller.abort(reason);
    this.failed.settle('rejected', this.signal.reason);
    this.stop(this.signal.reason);
  }

  /** Enough: cancels every task; the body goes on. */
  stop(reason?: unknown): void {
    for (const task of this.#tasks) task.abort(reason);
  }

  /** Done when fewer than `limit` tasks are left: before each spawn, so that no more run at once. */
  room(limit: number): Future<void> {
    if (!(limit >= 1)) throw new RangeError(`room takes a limit of at least 1, not ${limit}`);
    return new Settable((settable) => {
      const room = () => {
        if (this.size < limit) settable.settle('fulfilled', undefined);
        return settable.isDone;
      };
      if (!room()) this.#rooms.add(room);
    });
  }

  /** Async cleanup: it runs when every task has ended, the last deferred first, however the scope ends, and
      is not cancelled with it: only when it takes longer than `grace`. The scope is done when it is; a
      failure of it is an unhandled rejection. */
  defer(cleanup: Future<unknown> | (() => unknown), grace?: Time): void {
    const work: Future<unknown> = from(cleanup);
    this.#deferred.push(grace === undefined ? work : timeout(work, grace));
    if (this.#isOver) this.end();
  }

  /** @internal Nothing runs in it any more but what was deferred. */
  end(): void {
    this.#isOver = true;
    this.cancel();
    if (this.cleaning || !this.#deferred.length) return;
    this.cleaning = spawn(future(() => this.#clean())());
  }

  *#clean(): Awaits {
    yield* this.room(1);
    for (let next; (next = this.#deferred.pop());)
      try {
        yield* next;
      } catch (error) {
        Promise.reject(error); // the platform reports it
      }
    this.cleaning = undefined;
  }
}

/** The body of a scope's future. */
function* scoped(body: (scope: Scope) => Awaits, options: ScopeOptions): Awaits {
  const own = new Scope(options);
  let give: () => unknown;
  try {
    const result = yield* race([future(body)(own), own.failed]);
    yield* race([own.room(1), own.failed]);
    give = () => result;
  } catch (reason) {
    give = () => {
      throw reason;
    };
  } finally {
    own.end(); // also when it is cancelled, and cannot wait: what was deferred runs on
  }
  if (own.size) yield* own.room(1);
  if (own.cleaning) yield* own.cleaning;
  return give();
}

/** Runs a body whose tasks end with it: it is done when all of them are. The first failure, of the body
    or of a task, cancels the rest; so does cancelling the scope. */
export function scope<T>(
  body: (scope: Scope) => Generator<Future<any> | PromiseLike<any>, T, any>,
  options: ScopeOptions = {},
): Future<T> {
  return future(() => scoped(body, options))();
}
