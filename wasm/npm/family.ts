// family.ts: how one future made of many runs, whose work is C's (runtime/src/combine/join.c, select.c).
import type { Children } from './combine.js';
import { Kind } from './kinds.js';
import { outcomes } from './outcomes.js';
import { Code } from './status.js';
import { msOf } from './timed.js';
import { Work } from './work.js';

/** Children whose nodes are in the node of this one. */
export class Family<T> extends Work<T, Children> {
  #nodes: number[] = [];
  #works: (Work<any> | undefined)[] = []; // of those that are ours

  protected make(): number {
    const { rt } = this;
    const {
      kind,
      of: { children, time },
    } = this.future;
    for (const child of children) {
      const work = rt.ownWork(child);
      this.#works.push(work);
      this.#nodes.push(work ? work.claim() : rt.waitFor(child));
    }
    const n = time === undefined ? children.length : msOf(time);
    return rt.node(kind === Kind.SETTLE ? Kind.JOIN : kind, rt.list(this.#nodes), n);
  }

  override collect(node: number, status: number): void {
    const { rt, future } = this;
    const { children, arms } = future.of;
    const out = rt.outOf(node);
    children.forEach((child, i) => {
      const at = this.#nodes[i]!;
      const work = this.#works[i];
      // A loser of a select; but a promise runs on by itself, and is not held.
      if (status !== Code.CANCELLED && i !== out && arms?.[i] === child) return rt.handBack(child, work, at, node, i);
      if (!work) return;
      const end = rt.statusOf(at);
      work.collect(at, end);
      if (status === Code.CANCELLED && end === Code.OK) work.abandon();
    });
    if (status === Code.CANCELLED) future.settle('rejected', this.whyNot(status));
    else future.settle(...outcomes[future.kind]!(future.of, status, out, rt.tools));
  }

  override abandon(): void {
    this.future.of.children.forEach((child, i) => {
      child.drop();
      this.#works[i]?.abandon();
    });
  }
}
