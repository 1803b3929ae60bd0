// stream.ts: `stream(function* (emit) { ... })`: an async iterable written with futures. It is pulled, as a
// stream of C is: the body runs on only when the next item is asked for.
import type { Future } from '../future/future.js';
import { from } from '../future/from.js';
import { future, type Awaits } from './generator.js';
import { Settable } from '../future/settable.js';

interface Reader<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(reason: unknown): void;
}

/** Made by a function of `stream`: take its items with `for await`, or one by one with `next`. */
export class Stream<T> implements AsyncIterable<T> {
  #body: Future<void>;
  #readers: Reader<T>[] = [];
  #waiting?: Settable<void> | undefined; // an item on its way: done when somebody asks on
  #isTold = false; // a failure is told once

  /** @internal */
  constructor(body: (emit: (item: T) => Future<void>) => Awaits) {
    const give = (item: T) => (emitted: Settable<void>) => {
      this.#readers.shift()!.resolve({ done: false, value: item });
      if (this.#readers.length > 0) emitted.settle('fulfilled', undefined);
      else this.#waiting = emitted;
    };
    this.#body = future(() => body((item) => new Settable(give(item))))();
    this.#body.observe(() => this.#readers.splice(0).forEach((reader) => this.#end(reader)));
  }

  #end({ resolve, reject }: Reader<T>): void {
    const failed = this.#body.phase === 'rejected' && !this.#isTold;
    this.#isTold = true;
    if (failed) reject(this.#body.value);
    else resolve({ done: true, value: undefined });
  }

  #ask(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      if (this.#body.isDone) return this.#end({ resolve, reject });
      this.#readers.push({ resolve, reject });
      this.#body.start();
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.settle('fulfilled', undefined);
    });
  }

  /** `const { done, value } = yield* items.next()` */
  next(): Future<IteratorResult<T, undefined>> {
    return from(() => this.#ask());
  }

  /** Ends it where it is: its `finally` blocks run. */
  cancel(reason?: unknown): void {
    this.#isTold = true;
    this.#body.cancel(reason);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T, undefined> {
    const iterator: AsyncIterableIterator<T, undefined> = {
      next: () => this.#ask(),
      return: async () => {
        this.cancel();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }
}

/** A lazy stream: `yield* emit(item)` gives an item away, and goes on when the next one is asked for. */
export function stream<A extends any[], T = any>(
  body: (emit: (item: T) => Future<void>, ...args: A) => Awaits,
): (...args: A) => Stream<T> {
  return (...args) => new Stream<T>((emit) => body(emit, ...args));
}
