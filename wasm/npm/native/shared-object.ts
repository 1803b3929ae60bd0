// shared.ts: the locks and channels of objects.ts, once they are C's; and those who wait for them.
import { ObjectKind, type Guard, type Shared, type Waits } from './objects.js';
import type { Runtime } from './runtime.js';
import { Code } from '../base/status.js';
import { Work } from './work.js';

/** Of rouse_js_request. */
const enum Ask {
  TRY_LOCK,
  UNLOCK,
  TRY_ACQUIRE,
  RELEASE,
  TRY_SEND,
  TRY_RECV,
  CLOSE,
  FREE,
}

export class Objects {
  /** What is never disposed of is freed with its JavaScript object, some time. */
  #lost =
    globalThis.FinalizationRegistry &&
    new FinalizationRegistry<[ObjectKind, number]>((held) => {
      if (!this.rt.instance.failure) this.#free(...held); // else its memory is nobody's any more
    });

  constructor(readonly rt: Runtime) {}

  /** Where it is. */
  at(shared: Shared): number {
    if (shared.at) return shared.at;
    const { kind, size } = shared;
    shared.at = (this.rt.enter((exports) => exports.rouse_js_object(kind, size)) as number) >>> 0;
    if (!shared.at) throw this.rt.tools.failure(Code.NO_MEMORY);
    this.#lost?.register(shared, [kind, shared.at]);
    return shared.at;
  }

  #request(shared: Shared, ask: Ask, n?: number): number {
    return this.#ask(this.at(shared), ask, n);
  }
  #ask(at: number, ask: Ask, n = 0): number {
    return this.rt.enter((exports) => exports.rouse_js_request(at, ask, n)) as number;
  }

  #free(kind: ObjectKind, at: number): void {
    if (kind === ObjectKind.CHANNEL)
      for (let item; (item = this.#ask(at, Ask.TRY_RECV)) > 0;) this.rt.items.delete(item);
    this.#ask(at, Ask.FREE);
  }

  tryTake(shared: Shared, n?: number): Guard | undefined {
    const ask = shared.kind === ObjectKind.MUTEX ? Ask.TRY_LOCK : Ask.TRY_ACQUIRE;
    return this.#request(shared, ask, n) ? shared.guard(n) : undefined;
  }
  release(shared: Shared, n?: number): void {
    this.#request(shared, shared.kind === ObjectKind.MUTEX ? Ask.UNLOCK : Ask.RELEASE, n);
  }

  trySend(shared: Shared, item: unknown): boolean {
    const { items, tools } = this.rt;
    const id = items.add(item);
    const status = this.#request(shared, Ask.TRY_SEND, id);
    if (status === Code.OK) return true;
    items.delete(id);
    if (status === Code.CLOSED) throw tools.failure(status);
    return false;
  }
  tryRecv(shared: Shared): unknown {
    const { rt } = this;
    const status = this.#request(shared, Ask.TRY_RECV);
    if (status === Code.CLOSED) throw rt.tools.failure(status);
    return status < 0 ? undefined : rt.take(status);
  }
  close(shared: Shared): void {
    this.#request(shared, Ask.CLOSE);
  }
}

/** Stands in line for a lock, for permits or for an item. */
class Waiting<T> extends Work<T, Waits> {
  protected make(): number {
    const { kind, of } = this.future;
    return this.rt.node(kind, this.rt.objects.at(of.shared), this.number());
  }
  /** What its node takes beside the object. */
  protected number(): number | undefined {
    return this.future.of.n;
  }
}

export class Taking extends Waiting<Guard> {
  protected override give(): Guard {
    const { shared, n } = this.future.of;
    return shared.guard(n);
  }
  override abandon(): void {
    this.future.value?.release?.();
  }
}

export class Sending extends Waiting<void> {
  #id = 0;
  protected override number(): number {
    return (this.#id = this.rt.items.add(this.future.of.item));
  }
  override collect(node: number, status: number): void {
    if (status !== Code.OK) this.rt.items.delete(this.#id);
    super.collect(node, status);
  }
}

export class Receiving extends Waiting<unknown> {
  protected override give(node: number): unknown {
    return this.rt.take(this.rt.itemOf(node));
  }
}
