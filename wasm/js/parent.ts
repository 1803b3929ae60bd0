// parent.ts: one future made of many, whose work is C's (runtime/src/combine.c, select.c).
import type { Runtime } from './builtin.js';
import type { Future } from './future.js';
import { toFuture } from './generator.js';
import { Native } from './native.js';
import { CANCELLED, OK } from './status.js';

/** Children whose nodes are in the node of this one. */
export class Parent<T> extends Native<T> {
  #children: readonly Future<any>[];
  #nodes: number[] = [];
  #ours: boolean[] = [];

  /** `finish` settles it from its children; `ms` is what it takes beside them. */
  constructor(
    private readonly kind: number,
    list: readonly unknown[],
    private readonly finish: (children: readonly Future<any>[], status: number, out: number) => Outcome,
    private readonly ms?: () => number,
    /** Whether those that are pending when it is done are handed back, instead of cancelled. */
    private readonly handsBack?: (place: number) => boolean,
  ) {
    super();
    this.#children = list.map(toFuture);
  }

  make(rt: Runtime): number {
    for (const child of this.#children) {
      this.#ours.push(child instanceof Native && child.isFree);
      this.#nodes.push(rt.adopt(child));
    }
    const n = this.ms ? this.ms() : this.#nodes.length;
    return rt.node(this.kind, rt.list(this.#nodes), n);
  }

  override collect(rt: Runtime, node: number, status: number): void {
    const out = rt.outOf(node);
    this.#children.forEach((child, i) => {
      const at = this.#nodes[i]!;
      if (status !== CANCELLED && i !== out && this.handsBack?.(i))
        return rt.handBack(child, at, !this.#ours[i], node, i);
      if (!this.#ours[i]) return;
      const end = rt.statusOf(at);
      (child as Native<any>).collect(rt, at, end);
      if (status === CANCELLED && end === OK) (child as Native<any>).abandon();
    });
    if (status === CANCELLED) this.settle('rejected', this.whyNot(status));
    else this.settle(...this.finish(this.#children, status, out));
  }

  override abandon(): void {
    this.#children.forEach((child, i) => {
      child.drop();
      if (this.#ours[i]) (child as Native<any>).abandon();
    });
  }
}

export type Outcome = [phase: 'fulfilled' | 'rejected', value: unknown];
export const like = ({ phase, value }: Future<any>): Outcome => [phase as 'fulfilled', value];
