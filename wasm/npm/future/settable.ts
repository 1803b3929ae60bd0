// settable.ts: a future that JavaScript settles.
import { Future } from './future.js';

/** `begun` is called when it starts, with the future. Whoever has the future may settle it. */
export class Settable<T> extends Future<T> {
  declare private readonly begun: (settable: Settable<T>) => void;
  /** @internal Called when it was cancelled. */
  declare stopped: ((reason: unknown) => void) | undefined;
  constructor(begun: (settable: Settable<T>) => void = () => {}) {
    super();
    this.begun = begun;
    this.stopped = undefined;
  }
  protected begin(): void {
    this.begun(this);
  }
  protected stop(reason: unknown): void {
    this.settle('rejected', reason);
    this.stopped?.(reason);
  }
}
