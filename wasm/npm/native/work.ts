// work.ts: how a future of the built-in runtime runs: as a node of C, under a parent or as the root of a
// task.
import type { Native } from './native.js';
import type { Runtime } from './runtime.js';
import { Code } from '../base/status.js';

export abstract class Work<T, D = any> {
  declare readonly rt: Runtime;
  declare readonly future: Native<T, D>;
  declare private task: number;
  declare private node: number; // of our task's; or handed back, until somebody awaits the future again
  declare private stopped: { reason: unknown } | undefined;

  // Not as initial values of fields: with this many subclasses engines take several times as long for them.
  constructor(rt: Runtime, future: Native<T, D>) {
    this.rt = rt;
    this.future = future;
    this.task = 0;
    this.node = 0;
    this.stopped = undefined;
  }

  /** Makes its node; called once. */
  protected abstract make(): number;
  /** The node has ended, or was dropped: settles the future and those in it. */
  collect(node: number, status: number): void {
    if (status === Code.OK) this.future.settle('fulfilled', this.give(node));
    else this.future.settle('rejected', this.whyNot(status));
  }
  protected give(_node: number): unknown {
    return undefined;
  }
  /** It is done, and nobody will ever take what it gave. */
  abandon(): void {}

  protected whyNot(status: number): unknown {
    return this.stopped ? this.stopped.reason : this.rt.tools.failure(status);
  }

  /** The node for whoever awaits it: the one that was handed back, or a new one. */
  claim(): number {
    const node = this.node;
    this.future.phase = 'running';
    this.node = 0;
    return node || this.make();
  }
  /** Its parent handed it back: nothing of it runs, unless others wait for it. */
  pause(node: number): void {
    const { future } = this;
    this.node = node;
    future.phase = 'paused';
    if (future.isHeard) future.start();
  }

  /** In a task of its own. */
  run(): void {
    const { rt } = this;
    const id = rt.roots.add(this);
    this.node = this.claim();
    this.task = rt.enter((exports) => exports.rouse_js_root(this.node, id)) as number;
  }
  stop(reason: unknown): void {
    const { rt, future } = this;
    this.stopped = { reason };
    if (!this.task) return future.settle('rejected', reason);
    rt.enter((exports) => exports.rouse_js_root_abort(this.task));
    rt.instance.scheduler.wake(); // a turn takes the timer back
  }
  /** Its task has ended. */
  ended(): void {
    const { rt } = this;
    const { losers } = rt;
    rt.losers = []; // without a frame they are nobody's
    this.collect(this.node, rt.statusOf(this.node));
    rt.losers = losers;
    this.task = 0;
  }
}
