// native.ts: futures that the built-in runtime runs. They are descriptions: what to run, and of what. How it
// runs (work.ts) is fetched when one first does.
import { isReady, runtime, start } from './builtin.js';
import { Future } from '../future/future.js';
import type { Kind } from './kinds.js';
import type { Work } from './work.js';

export class Native<T, D = any> extends Future<T> {
  /** @internal From when it first runs. */
  work?: Work<T, D>;
  constructor(
    /** @internal */ readonly kind: Kind,
    /** @internal What it is made of. */ readonly of: D,
  ) {
    super();
  }

  protected begin(): void {
    if (isReady()) runtime().workOf(this).run();
    else
      start().then(
        (rt) => this.isDone || rt.workOf(this).run(),
        (error) => this.settle('rejected', error),
      );
  }
  protected override proceed(): void {
    this.begin();
  }
  protected stop(reason: unknown): void {
    if (this.work) this.work.stop(reason);
    else this.settle('rejected', reason);
  }
}
