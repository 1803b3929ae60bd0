// channel.ts: a queue between futures. Its items are values of JavaScript; C has their numbers.
import { failure } from '../base/errors.js';
import { Code } from '../base/status.js';
import type { Future } from '../future/future.js';
import { Kind } from './kinds.js';
import { runtime } from './runtime.js';
import { checkCount, ObjectKind, Request, SharedObject, Waiting } from './shared-object.js';

class Sending extends Waiting<void> {
  declare private readonly item: unknown;
  declare private id: number;
  constructor(channel: SharedObject, item: unknown) {
    super(Kind.SEND, channel);
    this.item = item;
    this.id = 0;
  }
  protected override number(): number {
    return (this.id = runtime().items.add(this.item));
  }
  override collect(node: number, status: number): void {
    if (status !== Code.OK) runtime().items.delete(this.id);
    super.collect(node, status);
  }
}

class Receiving<T> extends Waiting<T> {
  protected override result(node: number): unknown {
    return runtime().itemOf(node);
  }
}

/** A queue with room for so many items. `for await` takes them until it is closed. Made by `channel`. */
export class Channel<T> implements AsyncIterable<T> {
  #object: SharedObject;
  constructor(capacity: number) {
    this.#object = new SharedObject(ObjectKind.CHANNEL, checkCount(capacity));
  }

  /** Waits for room; fails with CLOSED once it is closed. */
  send(item: T): Future<void> {
    return new Sending(this.#object, item);
  }
  /** Waits for an item; fails with CLOSED once it is closed and empty. */
  recv(): Future<T> {
    return new Receiving<T>(Kind.RECV, this.#object);
  }
  /** False when there is no room. Throws CLOSED. */
  trySend(item: T): boolean {
    const { items } = runtime();
    const id = items.add(item);
    const status = this.#object.request(Request.TRY_SEND, id);
    if (status === Code.OK) return true;
    items.delete(id);
    if (status === Code.CLOSED) throw failure(status);
    return false;
  }
  /** Undefined when there is none. Throws CLOSED. */
  tryRecv(): T | undefined {
    const status = this.#object.request(Request.TRY_RECV);
    if (status === Code.CLOSED) throw failure(status);
    return status < 0 ? undefined : (runtime().takeItem(status) as T);
  }
  /** Nothing more is sent; what lies in it can still be received. */
  close(): void {
    this.#object.request(Request.CLOSE);
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

/** `capacity` 0: a send is done when somebody has taken the item. */
export const channel = <T = any>(capacity = 0): Channel<T> => new Channel<T>(capacity);
