// scope.ts: structured concurrency: no task outlives the scope that it was spawned in.
import { Future } from './future.js';
import { Generated, type Awaits } from './generator.js';
import { race, spawn } from './combine.js';
import type { SpawnOptions, Task } from './task.js';

/** Done when no child is left; fails with the first that does. */
class Children extends Future<void> {
  readonly running = new Set<Task<any>>();
  closing = false;
  protected begin(): void {
    this.closing = true;
    this.check();
  }
  protected stop(reason: unknown): void {
    this.settle('rejected', reason);
  }
  check(): void {
    if (this.closing && this.running.size === 0) this.settle('fulfilled', undefined);
  }
}

/** Given to the body of `scope`: spawns tasks that do not outlive it. */
export class Scope {
  #children: Children;
  #failed: Failure;
  /** @internal */
  constructor(children: Children, failed: Failure) {
    this.#children = children;
    this.#failed = failed;
  }

  /** A task of this scope. Its failure cancels the others, and fails the scope. */
  spawn<T>(future: Future<T>, options?: SpawnOptions): Task<T> {
    const children = this.#children;
    const task = spawn(future, options);
    children.running.add(task);
    task.then(
      () => this.#left(task),
      (reason) => {
        this.#left(task);
        this.#failed.settle('rejected', reason);
      },
    );
    return task;
  }

  #left(task: Task<any>): void {
    this.#children.running.delete(task);
    this.#children.check();
  }

  /** Cancels every child. */
  cancel(reason?: unknown): void {
    for (const task of this.#children.running) task.abort(reason);
  }
}

/** Never done, until a child fails. */
class Failure extends Future<never> {
  protected begin(): void {}
  protected stop(reason: unknown): void {
    this.settle('rejected', reason);
  }
}

/** Runs a body whose tasks end with it: it is done when all of them are. The first failure, of the body
    or of a task, cancels the rest; so does cancelling the scope. */
export function scope<T>(
  body: (scope: Scope) => Generator<Future<any> | PromiseLike<any>, T, any>,
): Future<T> {
  return new Generated<T>(function* (): Awaits {
    const children = new Children();
    const failed = new Failure();
    const own = new Scope(children, failed);
    failed.start(); // so that a race which it loses does not end it
    try {
      const result = yield* race([new Generated<T>(() => body(own)), failed]);
      yield race([children, failed]);
      return result;
    } finally {
      own.cancel();
    }
  });
}
