// native.ts: futures that the built-in runtime runs: each can be made a node of C, under a parent or as
// the root of a task.
import { isReady, runtime, start, type Runtime } from './builtin.js';
import { failure } from './errors.js';
import { Future } from './future.js';
import { OK } from './status.js';

export abstract class Native<T> extends Future<T> {
  #task = 0;
  #stopped?: { reason: unknown };
  #node = 0; // of our task's; or handed back, until somebody awaits us again

  /** @internal Makes its node; called once. */
  abstract make(rt: Runtime): number;
  /** @internal The node has ended, or was dropped: settles this future and those in it. */
  collect(_rt: Runtime, _node: number, status: number): void {
    if (status === OK) this.settle('fulfilled', undefined);
    else this.settle('rejected', this.whyNot(status));
  }
  /** @internal The node for whoever awaits it: the one that was handed back, or a new one. */
  claim(rt: Runtime): number {
    const node = this.#node;
    this.phase = 'running';
    this.#node = 0;
    return node || this.make(rt);
  }
  /** @internal Its parent handed it back: nothing of it runs, unless others wait for it. */
  pause(node: number): void {
    this.#node = node;
    this.phase = 'paused';
    if (this.isHeard) this.start();
  }
  protected override proceed(): void {
    this.begin();
  }
  /** @internal It is done, and nobody will ever take what it gave. */
  abandon(): void {}

  protected whyNot(status: number): unknown {
    return this.#stopped ? this.#stopped.reason : failure(status);
  }

  protected begin(): void {
    if (isReady()) this.#run(runtime());
    else
      start().then(
        (rt) => this.isDone || this.#run(rt),
        (error) => this.settle('rejected', error),
      );
  }

  #run(rt: Runtime): void {
    const id = rt.roots.add(this);
    this.#node = this.claim(rt);
    this.#task = rt.enter((exports) => exports.rouse_js_root(this.#node, id)) as number;
  }

  protected stop(reason: unknown): void {
    this.#stopped = { reason };
    if (!this.#task) return this.settle('rejected', reason);
    const rt = runtime();
    rt.enter((exports) => exports.rouse_js_root_abort(this.#task));
    rt.instance.scheduler.wake(); // a turn takes the timer back
  }

  /** @internal Its task has ended. */
  ended(rt: Runtime, _status: number): void {
    const { losers } = rt;
    rt.losers = []; // without a frame they are nobody's
    this.collect(rt, this.#node, rt.statusOf(this.#node));
    rt.losers = losers;
    this.#task = 0;
  }
}
