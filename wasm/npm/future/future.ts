// future.ts: a lazy value. It is a thenable, so awaiting it starts it. A second await gives the same result, and does
// not run it again.
//
//   made --then, spawn, a parent--> running --settle--> done
//     |                              |   ^
//     |              lost a select   v   |  as before
//     |                              paused
//     +---- cancel, from anywhere: done, rejected with the reason
import { abortReason } from './abort.js';
import { failure } from '../base/errors.js';
import { CANCELLED } from '../base/status.js';

type Phase = 'made' | 'running' | 'paused' | 'fulfilled' | 'rejected';
type Reaction<A, R> = ((value: A) => R | PromiseLike<R>) | null | undefined;

export const dispose: typeof Symbol.dispose = (Symbol.dispose ?? Symbol.for('Symbol.dispose')) as any;

/** Work that has not begun: awaiting, spawning or running it does that, once; each await after that gets
    the same result. */
export abstract class Future<T> implements PromiseLike<T> {
  /** @internal */ declare phase: Phase;
  /** @internal The result, or why it failed. */ declare value: any;
  declare private awaited: Promise<T> | undefined; // what `promise` gives
  /** @internal */ declare private resolve: (value: any) => void; // settles it
  /** @internal */ declare private reject: (reason: any) => void;
  /** @internal */ declare private observers: Set<() => void> | undefined;

  // In all futures of ours fields are set in the constructor and have no initial values, and nothing is called #name:
  // with this many subclasses an engine takes ten times as long to make them that way.
  /** @internal */
  constructor() {
    this.phase = 'made';
    this.value = undefined;
    this.awaited = undefined;
    this.observers = undefined;
  }

  /** @internal Begins the work; called once. */
  protected abstract begin(): void;
  /** @internal Continues after a select that it lost. Does nothing for work that runs by itself. */
  protected proceed(): void {}
  /** @internal Ends the work early, and settles with `reason`. Called while running. */
  protected abstract stop(reason: unknown): void;

  then<A = T, B = never>(ok?: Reaction<T, A>, bad?: Reaction<any, B>): Promise<A | B> {
    return this.promise().then(ok, bad);
  }
  catch<B = never>(bad?: Reaction<any, B>): Promise<T | B> {
    return this.promise().catch(bad);
  }
  finally(run?: (() => void) | null): Promise<T> {
    return this.promise().finally(run);
  }

  /** In a `future(function* () { ... })`: `const value = yield* this`. */
  *[Symbol.iterator](): Iterator<Future<T>, T, any> {
    return yield this;
  }

  get [Symbol.toStringTag](): string {
    return 'Future';
  }

  /** Gives it up, unless somebody awaits it: one that never ran never will, and one that a `select` handed
      back is cancelled. */
  drop(): void {
    if (this.isFree) this.cancel(failure(CANCELLED));
  }
  [dispose](): void {
    this.drop();
  }

  /** @internal */
  get isDone(): boolean {
    return this.phase === 'fulfilled' || this.phase === 'rejected';
  }

  /** @internal Nobody awaits it: the next one who does drives it, and ends it. */
  get isFree(): boolean {
    return this.phase === 'made' || this.phase === 'paused';
  }

  /** @internal Its promise; starts it. */
  promise(): Promise<T> {
    if (!this.awaited) {
      this.awaited = new Promise((resolve, reject) => {
        this.resolve = resolve;
        this.reject = reject;
      });
      if (this.isDone) this.settleAwaited();
      else this.start();
    }
    return this.awaited;
  }

  /** @internal */
  start(): void {
    const { phase } = this;
    if (!this.isFree) return;
    this.phase = 'running';
    try {
      if (phase === 'made') this.begin();
      else this.proceed();
    } catch (error) {
      this.settle('rejected', error);
    }
  }

  /** @internal A future that was never started never runs. */
  cancel(reason: unknown = abortReason()): void {
    if (this.phase === 'made') this.settle('rejected', reason);
    else if (!this.isDone) {
      this.start();
      this.stop(reason);
    }
  }

  /** @internal */
  settle(phase: 'fulfilled' | 'rejected', value: unknown): void {
    if (this.isDone) return;
    this.phase = phase;
    this.value = value;
    if (this.awaited) this.settleAwaited();
    const observers = this.observers;
    this.observers = undefined;
    observers?.forEach((each) => each());
  }

  /** @internal */ private settleAwaited(): void {
    if (this.phase === 'fulfilled') this.resolve(this.value);
    else this.reject(this.value);
  }

  /** @internal Calls `run` when it is done, without starting it. Returns a function that undoes this. */
  observe(run: () => void): () => void {
    (this.observers ??= new Set()).add(run);
    return () => void this.observers?.delete(run);
  }

  /** @internal Somebody sees its failure; else the platform reports it. */
  get isHeard(): boolean {
    return this.awaited !== undefined || (this.observers?.size ?? 0) > 0;
  }
}
