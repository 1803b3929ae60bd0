// generator.ts: `future(function* () { ... })`: a lazy async function. `yield*` awaits; cancelling it runs its
// `finally` blocks, which must not await.
import { captureContext, type Context } from '../base/context.js';
import { failure, RouseError } from '../base/errors.js';
import { Code } from '../base/status.js';
import { toFuture } from '../future/from.js';
import type { Future } from '../future/future.js';
import { isThenable } from '../future/promise-watch.js';
import { Kind } from './kinds.js';
import { claimable, Native } from './native.js';
import { runtime } from './runtime.js';

const MOST_READY = 128; // awaits of what is done already, before others have their turn

/** What a body yields: a future with `yield*`; a promise or thenable also with a plain `yield`. */
export type Awaits = Generator<Future<any> | PromiseLike<any>, any, any>;
type Body<A extends any[], T> = (...args: A) => Generator<Future<any> | PromiseLike<any>, T, any>;

/** A lazy async function: calling it makes a future; nothing runs. */
export function future<A extends any[], T>(body: Body<A, T>): (...args: A) => Future<T> {
  return (...args) => new Frame<T>(() => body(...args));
}

/** @internal One call of such a function. C's frame asks it for the next future to await. */
export class Frame<T> extends Native<T> {
  declare private readonly body: () => Awaits;
  declare private generator: Awaits | undefined;
  declare private context: Context;
  declare private child: Future<any> | undefined;
  declare private childNode: number; // if it is ours
  declare private isReturning: boolean; // the child is what the body returned
  declare private isOver: boolean; // the body has ended, or its `finally` blocks have run
  declare private losers: Set<Future<any>> | undefined; // of its selects: those that it leaves paused end with it
  declare private mostLosers: number; // when there are more, those that went on are forgotten

  constructor(body: () => Awaits) {
    super();
    this.body = body;
    this.generator = undefined;
    this.child = undefined;
    this.childNode = 0;
    this.isReturning = false;
    this.isOver = false;
    this.losers = undefined;
    this.mostLosers = 8;
  }

  protected make(): number {
    const rt = runtime();
    this.context = captureContext();
    return rt.node(Kind.FRAME, rt.frames.add(this));
  }

  /** The child has ended: goes on. Gives the node of the next child, or 0 at the end. */
  resume(status: number): number {
    let before = this.child;
    this.takeChild(status);
    if (this.isDone || this.stopped) return 0; // somebody else cancelled it
    for (let left = MOST_READY; ; left--) {
      const next = this.step(before);
      if (!next) return 0;
      this.child = next;
      if (!next.isDone) return this.awaitNode(next);
      if (this.stopped) return 0;
      if (left === 0) return runtime().node(Kind.YIELD, 0);
      before = next;
    }
  }

  private awaitNode(child: Future<any>): number {
    const own = claimable(child);
    if (!own) return runtime().waitFor(child);
    return (this.childNode = own.claim());
  }

  private takeChild(status: number): void {
    if (this.childNode) (this.child as Native<any>).collect(this.childNode, status);
    this.childNode = 0;
    this.child = undefined;
    const { losers } = runtime();
    if (losers.length) this.keep(losers.splice(0));
  }

  private keep(these: Future<any>[]): void {
    const losers = (this.losers ??= new Set());
    for (const loser of these) losers.add(loser);
    if (losers.size < this.mostLosers) return;
    for (const loser of losers) if (loser.phase !== 'paused') losers.delete(loser);
    this.mostLosers = 2 * losers.size + 8;
  }

  /** Runs the body to its next await; undefined when it has ended. */
  private step(before?: Future<any>): Future<any> | undefined {
    if (this.isReturning) return this.endBody(before!.phase as 'fulfilled', before!.value);
    try {
      const { done, value } = this.context(() => {
        if (!before) return (this.generator = begun(this.body())).next();
        if (before.phase === 'fulfilled') return this.generator!.next(before.value);
        return this.generator!.throw(before.value);
      });
      this.isReturning = done === true && isThenable(value);
      if (done && !this.isReturning) return this.endBody('fulfilled', value);
      return toFuture(value);
    } catch (error) {
      return this.endBody('rejected', error);
    }
  }

  private endBody(phase: 'fulfilled' | 'rejected', value: unknown): undefined {
    this.isOver = true;
    this.settle(phase, value);
  }

  /** The frame ends in C. True if it has failed. */
  leave(): boolean {
    if (!this.isOver) {
      this.takeChild(Code.CANCELLED);
      const thrown = this.context(() => this.cleanUp());
      this.endBody('rejected', thrown ? thrown.error : this.whyNot(Code.CANCELLED));
    }
    this.losers?.forEach((loser) => loser.phase === 'paused' && loser.drop());
    return this.phase === 'rejected';
  }

  /** Runs the `finally` blocks that were entered. */
  private cleanUp(): { error: unknown } | undefined {
    if (!this.generator || this.isReturning) return undefined;
    try {
      let step = this.generator.return(undefined);
      for (let tries = 0; !step.done && tries < 100; tries++)
        step = this.generator.throw(
          new RouseError('INVALID', 'a `finally` block cannot await while its future is cancelled'),
        );
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  override collect(_node: number, status: number): void {
    if (!this.isDone) this.settle('rejected', failure(status)); // there was no memory for it
  }
}

function begun(generator: Awaits): Awaits {
  if (typeof generator?.next === 'function') return generator;
  throw new TypeError('a body is a generator function: function* () { ... }');
}
