// native.ts: a future that the built-in runtime runs, as a node of C: under the node of its parent, or as the root of
// a task. Until it first runs it is a description, and C knows nothing of it.
import { failure } from '../base/errors.js';
import { Code } from '../base/status.js';
import { Future } from '../future/future.js';
import { isReady, runtime, start } from './runtime.js';

export abstract class Native<T> extends Future<T> {
  declare private task: number;
  declare private node: number; // our task's; or handed back, until somebody awaits this future again
  declare protected stopped: { reason: unknown } | undefined; // its task was aborted

  constructor() {
    super();
    this.task = 0;
    this.node = 0;
    this.stopped = undefined;
  }

  /** Makes its node; called once. */
  protected abstract make(): number;
  /** The node has ended, or was dropped: settles this future and its children. */
  collect(node: number, status: number): void {
    if (status === Code.OK) this.settle('fulfilled', this.result(node));
    else this.settle('rejected', this.whyNot(status));
  }
  protected result(_node: number): unknown {
    return undefined;
  }
  /** It is done, and nobody will ever take its result. */
  abandon(): void {}

  protected whyNot(status: number): unknown {
    return this.stopped ? this.stopped.reason : failure(status);
  }

  /** The node for a parent that awaits this future: the one that was handed back, or a new one. */
  claim(): number {
    const node = this.node;
    this.phase = 'running';
    this.node = 0;
    return node || this.make();
  }

  /** Its parent handed it back: nothing of it runs, unless others wait for it. */
  pause(node: number): void {
    this.node = node;
    this.phase = 'paused';
    if (this.isHeard) this.start();
  }

  // ---- As the root of a task ---------------------------------------------------------------------

  protected begin(): void {
    if (isReady()) this.run();
    else
      start().then(
        () => this.isDone || this.run(),
        (error) => this.settle('rejected', error),
      );
  }
  protected override proceed(): void {
    this.begin();
  }
  private run(): void {
    this.node = this.claim();
    this.task = runtime().root(this, this.node);
  }

  protected stop(reason: unknown): void {
    this.stopped ??= { reason };
    if (!this.task) return this.settle('rejected', reason);
    const rt = runtime();
    rt.instance.later(() => this.isDone || rt.abort(this.task));
  }

  /** Its task has ended. */
  ended(): void {
    const rt = runtime();
    const { losers } = rt;
    rt.losers = []; // without a frame they are nobody's
    this.collect(this.node, rt.statusOf(this.node));
    rt.losers = losers;
    this.task = 0;
  }
}

/** A child whose node its parent may claim: not one that runs already, or that is no node. */
export const claimable = (child: Future<any>): Native<any> | undefined =>
  child instanceof Native && child.isFree ? child : undefined;
