// told.ts: a future that is done when JavaScript says so.
import { Future } from './future.js';

/** `ask` is called when it begins. Whoever has it settles it. */
export class Told<T> extends Future<T> {
  #ask: (told: Told<T>) => void;
  /** @internal Called when it was cancelled. */
  stopped?: (reason: unknown) => void;
  constructor(ask: (told: Told<T>) => void = () => {}) {
    super();
    this.#ask = ask;
  }
  protected begin(): void {
    this.#ask(this);
  }
  protected stop(reason: unknown): void {
    this.settle('rejected', reason);
    this.stopped?.(reason);
  }
}
