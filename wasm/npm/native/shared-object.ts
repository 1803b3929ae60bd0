// shared-object.ts: a lock or a channel of C (wasm/builtin/objects.c), made when first used. Waiters stand in line
// there, and a waiter that is cancelled passes its turn on.
import { failure } from '../base/errors.js';
import { Code } from '../base/status.js';
import type { Kind } from './kinds.js';
import { Native } from './native.js';
import { runtime } from './runtime.js';

/** `enum object_kind` in objects.c; a test compares the two. */
export const enum ObjectKind {
  MUTEX,
  SEMAPHORE,
  CHANNEL,
}
/** `enum request` in objects.c; a test compares the two. */
export const enum Request {
  TRY_LOCK,
  UNLOCK,
  TRY_ACQUIRE,
  RELEASE,
  TRY_SEND,
  TRY_RECV,
  CLOSE,
  FREE,
}

const request = (at: number, request: Request, n: number): number =>
  runtime().enter((exports) => exports.rouse_js_request(at, request, n));

/** An object that is never disposed of is freed with its JavaScript object, some time. */
const lost =
  globalThis.FinalizationRegistry &&
  new FinalizationRegistry<[ObjectKind, number]>(([kind, at]) => {
    if (runtime().instance.failure) return; // its memory is nobody's any more
    if (kind === ObjectKind.CHANNEL)
      for (let item; (item = request(at, Request.TRY_RECV, 0)) > 0;) runtime().items.delete(item);
    request(at, Request.FREE, 0);
  });

export class SharedObject {
  #at = 0;
  constructor(
    private readonly kind: ObjectKind,
    /** Permits or places. */
    private readonly size: number,
  ) {}

  /** Where it is in C. */
  get at(): number {
    if (this.#at) return this.#at;
    const { kind, size } = this;
    this.#at = (runtime().enter((exports) => exports.rouse_js_object(kind, size)) as number) >>> 0;
    if (!this.#at) throw failure(Code.NO_MEMORY);
    lost?.register(this, [kind, this.#at]);
    return this.#at;
  }

  /** What does not wait; gives what rouse_js_request does. */
  request(what: Request, n = 0): number {
    return request(this.at, what, n);
  }
}

/** Stands in line for a lock, for permits or for an item. */
export abstract class Waiting<T> extends Native<T> {
  declare private readonly kind: Kind;
  declare private readonly object: SharedObject;
  constructor(kind: Kind, object: SharedObject) {
    super();
    this.kind = kind;
    this.object = object;
  }
  protected make(): number {
    return runtime().node(this.kind, this.object.at, this.number());
  }
  /** What its node takes beside the object. */
  protected number(): number {
    return 0;
  }
}

export function checkCount(n: number): number {
  if (Number.isSafeInteger(n) && n >= 0 && n < 2 ** 30) return n;
  throw new RangeError(`${n} is not a number of permits or places`);
}
