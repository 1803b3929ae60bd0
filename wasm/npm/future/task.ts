// task.ts: a future that runs whether or not anybody awaits it, as a promise does; but it can be aborted.
import { onAbort } from './abort.js';
import { toFuture } from './from.js';
import type { Future } from './future.js';

/** How a task is spawned. */
export interface SpawnOptions {
  /** Aborting it aborts the task, which rejects with the signal's reason. */
  signal?: AbortSignal;
  /** For reports. */
  name?: string;
}

// Engines without explicit resource management use the same name.
const asyncDispose: typeof Symbol.asyncDispose = (Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')) as any;

/** A future that runs, whether or not anybody awaits it: `abort` cancels it. Made by `spawn`. */
export class Task<T> implements PromiseLike<T> {
  readonly name: string;
  #future: Future<T>;
  #aborted = false;

  /** @internal */
  constructor(future: Future<T>, { signal, name = 'task' }: SpawnOptions) {
    this.name = name;
    this.#future = future;
    if (signal?.aborted) future.cancel(signal.reason);
    else if (signal) {
      const stop = onAbort(signal, (reason) => this.abort(reason));
      future.observe(stop);
    }
    future.observe(() => this.#report());
    if (signal?.aborted) this.#aborted = true;
    future.start();
    if (future.isDone) this.#report();
  }

  /** A failure that nobody awaits is an unhandled rejection, as a promise's is. But a task that was aborted from here
      is expected to fail. */
  #report(): void {
    if (this.#future.phase !== 'rejected') return;
    const promise = this.#future.promise();
    if (this.#aborted) promise.catch(() => {});
  }

  then<A = T, B = never>(
    ok?: ((value: T) => A | PromiseLike<A>) | null,
    bad?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#future.then(ok, bad);
  }
  catch<B = never>(bad?: ((reason: any) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.#future.catch(bad);
  }
  finally(run?: (() => void) | null): Promise<T> {
    return this.#future.finally(run);
  }

  /**
   * Cancels at the await it is at, and rejects with the reason. Cleanup runs before this returns; called by code that
   * C calls, or from the body of a future, it runs once C has returned.
   */
  abort(reason?: unknown): void {
    this.#aborted = true;
    this.#future.cancel(reason);
  }

  /** @internal */
  get isAborted(): boolean {
    return this.#aborted;
  }

  get finished(): boolean {
    return this.#future.isDone;
  }

  /** `await using`: aborts it, and waits until it has ended. */
  async [asyncDispose](): Promise<void> {
    this.abort();
    await this.#future.then(undefined, () => {});
  }

  /** In a `future(function* () { ... })`: `const value = yield* task`. Who awaits it does not own it: when that
      is cancelled, the task goes on. */
  [Symbol.iterator](): Iterator<Future<T>, T, any> {
    this.catch(() => {}); // its failure is seen here
    return this.#future[Symbol.iterator]();
  }

  get [Symbol.toStringTag](): string {
    return 'Task';
  }
}

/** Runs a future now, whether or not anybody awaits it. */
export const spawn = <T>(child: Future<T>, options: SpawnOptions = {}): Task<T> => new Task(toFuture(child), options);

/** Runs a future to its end: a promise, for those who want one. */
export const run = async <T>(child: Future<T>, options?: SpawnOptions): Promise<T> => spawn(child, options);
