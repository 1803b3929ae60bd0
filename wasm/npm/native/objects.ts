// objects.ts: locks and channels. They are C's (wasm/builtin/objects.c), made when first used; who
// waits stands in line there, and a waiter that is cancelled passes its turn on. How is in shared.ts.
import { runtime } from './builtin.js';
import { dispose, type Future } from '../future/future.js';
import { Kind } from './kinds.js';
import { Native } from './native.js';

/** @internal `enum object_kind` in objects.c. */
export const enum ObjectKind {
  MUTEX,
  SEMAPHORE,
  CHANNEL,
}
/** @internal An object of C's. */
export class Shared {
  /** Where it is, once it is used. */
  at = 0;
  constructor(
    readonly kind: ObjectKind,
    /** Permits or places. */
    readonly size: number,
  ) {}
  /** Of what somebody has got. */
  guard(n?: number): Guard {
    return new Guard(() => runtime().objects.release(this, n));
  }
}

/** @internal What waits for one: for so many permits, with such an item. */
export interface Waits {
  shared: Shared;
  n?: number;
  item?: unknown;
}

/** Given back by `release`, or by `using`; once. */
export class Guard {
  #release?: () => void;
  /** @internal */
  constructor(release: () => void) {
    this.#release = release;
  }
  release(): void {
    const release = this.#release;
    this.#release = undefined;
    release?.();
  }
  [dispose](): void {
    this.release();
  }
}

/** Held by one at a time; those who wait get it in their order. Made by `mutex`. */
export class Mutex {
  #shared = new Shared(ObjectKind.MUTEX, 0);

  /** `const guard = yield* mutex.lock()`; in the order in which they came. */
  lock(): Future<Guard> {
    return new Native<Guard, Waits>(Kind.LOCK, { shared: this.#shared });
  }
  tryLock(): Guard | undefined {
    return runtime().objects.tryTake(this.#shared);
  }
}

/** A number of permits; those who wait get them in their order. Made by `semaphore`. */
export class Semaphore {
  #shared: Shared;
  constructor(permits: number) {
    this.#shared = new Shared(ObjectKind.SEMAPHORE, count(permits));
  }

  /** All n at once, in the order in which they came. */
  acquire(n = 1): Future<Guard> {
    return new Native<Guard, Waits>(Kind.ACQUIRE, { shared: this.#shared, n: count(n) });
  }
  tryAcquire(n = 1): Guard | undefined {
    return runtime().objects.tryTake(this.#shared, count(n));
  }
}

function count(n: number): number {
  if (Number.isSafeInteger(n) && n >= 0 && n < 2 ** 30) return n;
  throw new RangeError(`${n} is no number of permits or places`);
}

/** A queue with room for so many items. `for await` takes them until it is closed. Made by `channel`. */
export class Channel<T> implements AsyncIterable<T> {
  #shared: Shared;
  constructor(capacity: number) {
    this.#shared = new Shared(ObjectKind.CHANNEL, count(capacity));
  }

  /** Waits for room; fails with CLOSED once it is closed. */
  send(item: T): Future<void> {
    return new Native<void, Waits>(Kind.SEND, { shared: this.#shared, item });
  }
  /** Waits for an item; fails with CLOSED once it is closed and empty. */
  recv(): Future<T> {
    return new Native<T, Waits>(Kind.RECV, { shared: this.#shared });
  }
  /** False when there is no room. Throws CLOSED. */
  trySend(item: T): boolean {
    return runtime().objects.trySend(this.#shared, item);
  }
  /** Undefined when there is none. Throws CLOSED. */
  tryRecv(): T | undefined {
    return runtime().objects.tryRecv(this.#shared) as T;
  }
  /** Nothing more is sent; what lies in it can still be received. */
  close(): void {
    runtime().objects.close(this.#shared);
  }

  /** Items until it is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      try {
        yield await this.recv();
      } catch (error: any) {
        if (error?.code === 'CLOSED') return;
        throw error;
      }
    }
  }
}

/** A mutex that nobody holds. */
export const mutex = (): Mutex => new Mutex();
/** A semaphore with so many permits to give. */
export const semaphore = (permits: number): Semaphore => new Semaphore(permits);
/** `capacity` 0: a send is done when somebody has taken the item. */
export const channel = <T = any>(capacity = 0): Channel<T> => new Channel<T>(capacity);
