// thrown.ts: the values that JavaScript threw, which cross C as a status. C may keep a status for long, or forget it
// without a word. So the latest values are kept, and all are released when no task is left.
import { THROWN } from '../base/status.js';

const MOST = 256;

export class Thrown {
  #values = new Map<number, unknown>();
  #next = 0;

  /** The status for C. */
  add(value: unknown): number {
    const status = THROWN - (this.#next++ % -THROWN);
    this.#values.set(status, value);
    if (this.#values.size > MOST) this.#values.delete(this.#values.keys().next().value!);
    return status;
  }
  has(status: number): boolean {
    return this.#values.has(status);
  }
  get(status: number): unknown {
    return this.#values.get(status);
  }
  clear(): void {
    if (this.#values.size > 0) this.#values.clear();
  }
  get size(): number {
    return this.#values.size;
  }
}
