// objects.ts: locks and channels. They are C's (wasm/builtin/objects.c), made when first used; who
// waits stands in line there, and a waiter that is cancelled passes its turn on.
import { ACQUIRE, LOCK, RECV, SEND, runtime, type Runtime } from './builtin.js';
import { failure } from './errors.js';
import { dispose, type Future } from './future.js';
import { Native } from './native.js';
import { CLOSED, NO_MEMORY, OK } from './status.js';

const MUTEX = 0, SEMAPHORE = 1, CHANNEL = 2;
const TRY_LOCK = 0, UNLOCK = 1, TRY_ACQUIRE = 2, RELEASE = 3, TRY_SEND = 4, TRY_RECV = 5, CLOSE = 6, FREE = 7;

/** What is never disposed of is freed with its JavaScript object, some time. */
const lost = globalThis.FinalizationRegistry && new FinalizationRegistry<() => void>((free) => free());

/** An object of C's. */
class Handle {
  #at = 0;
  constructor(
    private readonly kind: number,
    private readonly size: number,
  ) {}
  at(rt: Runtime): number {
    if (this.#at) return this.#at;
    this.#at = (rt.enter((exports) => exports.rouse_js_object(this.kind, this.size)) as number) >>> 0;
    if (!this.#at) throw failure(NO_MEMORY);
    return this.#at;
  }
  request(what: number, n = 0): number {
    const rt = runtime();
    const at = this.at(rt);
    return rt.enter((exports) => exports.rouse_js_request(at, what, n)) as number;
  }
  free(): void {
    if (!this.#at) return;
    if (this.kind === CHANNEL) {
      const { items } = runtime();
      for (let item; (item = this.request(TRY_RECV)) > 0; ) items.delete(item);
    }
    this.request(FREE);
    this.#at = 0;
  }
}

function tracked(owner: object, kind: number, size: number): Handle {
  const handle = new Handle(kind, size);
  lost?.register(owner, () => handle.free());
  return handle;
}

class Waiting<T> extends Native<T> {
  constructor(
    // Whoever waits keeps the object.
    protected readonly owner: object,
    protected readonly handle: Handle,
    private readonly kind: number,
    private readonly n: number,
    private readonly give: () => T,
  ) {
    super();
  }
  make(rt: Runtime): number {
    return rt.node(this.kind, this.handle.at(rt), this.n);
  }
  override collect(rt: Runtime, node: number, status: number): void {
    if (status === OK) this.settle('fulfilled', this.give());
    else super.collect(rt, node, status);
  }
  override abandon(): void {
    this.value?.release?.();
  }
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
  #handle = tracked(this, MUTEX, 0);
  #guard = () => new Guard(() => this.#handle.request(UNLOCK));

  /** `const guard = yield* mutex.lock()`; in the order in which they came. */
  lock(): Future<Guard> {
    return new Waiting(this, this.#handle, LOCK, 0, this.#guard);
  }
  tryLock(): Guard | undefined {
    return this.#handle.request(TRY_LOCK) ? this.#guard() : undefined;
  }
}

/** A number of permits; those who wait get them in their order. Made by `semaphore`. */
export class Semaphore {
  #handle: Handle;
  constructor(permits: number) {
    this.#handle = tracked(this, SEMAPHORE, count(permits));
  }
  #guard = (n: number) => () => new Guard(() => this.#handle.request(RELEASE, n));

  /** All n at once, in the order in which they came. */
  acquire(n = 1): Future<Guard> {
    return new Waiting(this, this.#handle, ACQUIRE, count(n), this.#guard(n));
  }
  tryAcquire(n = 1): Guard | undefined {
    return this.#handle.request(TRY_ACQUIRE, count(n)) ? this.#guard(n)() : undefined;
  }
}

function count(n: number): number {
  if (Number.isSafeInteger(n) && n >= 0 && n < 2 ** 30) return n;
  throw new RangeError(`${n} is no number of permits or places`);
}

class Send<T> extends Native<void> {
  #item = 0;
  constructor(
    readonly owner: object,
    private readonly handle: Handle,
    private readonly given: T,
  ) {
    super();
  }
  make(rt: Runtime): number {
    this.#item = rt.items.add(this.given);
    return rt.node(SEND, this.handle.at(rt), this.#item);
  }
  override collect(rt: Runtime, node: number, status: number): void {
    if (status !== OK) rt.items.delete(this.#item);
    super.collect(rt, node, status);
  }
}

class Receive<T> extends Native<T> {
  constructor(
    readonly owner: object,
    private readonly handle: Handle,
  ) {
    super();
  }
  make(rt: Runtime): number {
    return rt.node(RECV, this.handle.at(rt));
  }
  override collect(rt: Runtime, node: number, status: number): void {
    if (status !== OK) return super.collect(rt, node, status);
    const item = rt.itemOf(node);
    this.settle('fulfilled', rt.items.get(item));
    rt.items.delete(item);
  }
}

/** A queue with room for so many items. `for await` takes them until it is closed. Made by `channel`. */
export class Channel<T> implements AsyncIterable<T> {
  #handle: Handle;
  constructor(capacity: number) {
    this.#handle = tracked(this, CHANNEL, count(capacity));
  }

  /** Waits for room; fails with CLOSED once it is closed. */
  send(item: T): Future<void> {
    return new Send(this, this.#handle, item);
  }
  /** Waits for an item; fails with CLOSED once it is closed and empty. */
  recv(): Future<T> {
    return new Receive(this, this.#handle);
  }
  /** False when there is no room. Throws CLOSED. */
  trySend(item: T): boolean {
    const { items } = runtime();
    const id = items.add(item);
    const status = this.#handle.request(TRY_SEND, id);
    if (status === OK) return true;
    items.delete(id);
    if (status === CLOSED) throw failure(status);
    return false;
  }
  /** Undefined when there is none. Throws CLOSED. */
  tryRecv(): T | undefined {
    const { items } = runtime();
    const status = this.#handle.request(TRY_RECV);
    if (status === CLOSED) throw failure(status);
    if (status < 0) return undefined;
    const item = items.get(status) as T;
    items.delete(status);
    return item;
  }
  /** Nothing more is sent; what lies in it can still be received. */
  close(): void {
    this.#handle.request(CLOSE);
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
