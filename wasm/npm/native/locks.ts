// locks.ts: mutexes and semaphores, and the guards that they give.
import { dispose, type Future } from '../future/future.js';
import { Kind } from './kinds.js';
import { checkCount, ObjectKind, Request, SharedObject, Waiting } from './shared-object.js';

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

/** Waits for a lock or for permits. */
class Taking extends Waiting<Guard> {
  declare private readonly n: number;
  declare private readonly guard: () => Guard;
  constructor(kind: Kind, object: SharedObject, n: number, guard: () => Guard) {
    super(kind, object);
    this.n = n;
    this.guard = guard;
  }
  protected override number(): number {
    return this.n;
  }
  protected override result(): Guard {
    return this.guard();
  }
  override abandon(): void {
    this.value?.release?.();
  }
}

/** Held by one at a time; those who wait get it in their order. Made by `mutex`. */
export class Mutex {
  #object = new SharedObject(ObjectKind.MUTEX, 0);
  #guard = () => new Guard(() => this.#object.request(Request.UNLOCK));

  /** `const guard = yield* mutex.lock()`; in the order in which they came. */
  lock(): Future<Guard> {
    return new Taking(Kind.LOCK, this.#object, 0, this.#guard);
  }
  tryLock(): Guard | undefined {
    return this.#object.request(Request.TRY_LOCK) ? this.#guard() : undefined;
  }
}

/** A number of permits; those who wait get them in their order. Made by `semaphore`. */
export class Semaphore {
  #object: SharedObject;
  constructor(permits: number) {
    this.#object = new SharedObject(ObjectKind.SEMAPHORE, checkCount(permits));
  }
  #guard(n: number): Guard {
    return new Guard(() => this.#object.request(Request.RELEASE, n));
  }

  /** All n at once, in the order in which they came. */
  acquire(n = 1): Future<Guard> {
    return new Taking(Kind.ACQUIRE, this.#object, checkCount(n), () => this.#guard(n));
  }
  tryAcquire(n = 1): Guard | undefined {
    return this.#object.request(Request.TRY_ACQUIRE, checkCount(n)) ? this.#guard(n) : undefined;
  }
}

/** A mutex that nobody holds. */
export const mutex = (): Mutex => new Mutex();
/** A semaphore with so many permits to give. */
export const semaphore = (permits: number): Semaphore => new Semaphore(permits);
