// call.ts: one call of an exported C function: a lazy future, or a stream for `for await`.
// The C half is wasm/js/js_call.c, which draws the states.
import type { Context } from '../base/context.js';
import { captureContext } from '../base/context.js';
import type { Description } from './describe.js';
import { RouseError } from '../base/errors.js';
import { Future } from '../future/future.js';
import { rethrow } from '../host/import-guard.js';
import type { Machine } from './machine.js';
import { CLOSED, OK } from '../base/status.js';
import { blobsOf, putArguments, roomFor, take } from './values.js';

interface Reader<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(reason: unknown): void;
}

export class Call<T> extends Future<T> implements AsyncIterable<T> {
  /** @internal The context for the JavaScript that C calls on our behalf. */
  context?: Context;
  /** @internal Enter the context each time: a promise's reaction does not carry all of it. */
  entersAlways = false;
  #machine: Machine;
  #function: Description;
  #arguments: readonly unknown[];
  #frame = 0;
  #id = 0;
  /** @internal The imports that hold something for C on our behalf. */
  leaves: Set<number> | undefined;
  #handles: readonly number[] = [];
  #stopped?: { reason: unknown };
  #readers?: Reader<T>[]; // of a stream: those that wait for an item
  #ended = false; // the stream has no more items

  /** @internal */
  constructor(machine: Machine, description: Description, args: readonly unknown[]) {
    super();
    this.#machine = machine;
    this.#function = description;
    this.#arguments = args;
  }

  protected begin(): void {
    const machine = this.#machine;
    const { instance, exports } = machine;
    const blobs = blobsOf(this.#function, this.#arguments); // may run the user's code
    rethrow(instance);
    if (this.#stopped) return this.settle('rejected', this.#stopped.reason);
    this.#id = machine.calls.add(this);
    const isThere = !this.entersAlways && instance.scheduler.wake(this);
    if (!isThere) this.#captureContext();
    const room = roomFor(blobs);
    const frame = (instance.enter(exports.rouse_js_call_start, this.#function.at, room, this.#id) as number) >>> 0;
    rethrow(instance);
    if (!frame) {
      machine.calls.delete(this.#id);
      throw new RouseError('NO_MEMORY', `no memory for ${this.#function.name}`);
    }
    this.#frame = frame;
    this.#handles = putArguments(machine.memory, frame, this.#function, this.#arguments, blobs, machine.handles);
    if (this.#handles.length > 0) machine.early.begun(this.#arguments);
    this.#arguments = [];
  }

  /** @internal The turn that we woke is over. It ran in our context; later turns run in others. */
  leftTurn(): void {
    if (this.#frame && !this.context) this.#captureContext();
  }
  #captureContext(): void {
    if (this.#machine.imports) this.context = captureContext();
  }

  protected stop(reason: unknown): void {
    this.#stopped ??= { reason };
    const { instance, exports } = this.#machine;
    instance.later(() => {
      if (!this.#frame) return;
      instance.enter(exports.rouse_js_call_abort, this.#frame);
      instance.scheduler.wake(); // a turn sees which deadline is next, and takes the timer back
    });
  }

  /** @internal It calls nothing any more. */
  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  /** @internal For the signals of its imports; undefined when it was not aborted. */
  get stopReason(): unknown {
    return this.#stopped?.reason;
  }

  /** @internal C has ended the call; its result is in the frame. It is too late for a result if the call
      was stopped by what C called in the meantime. */
  settled(status: number, error: number): void {
    const machine = this.#machine;
    const { out } = this.#function;
    const readers = this.#readers;
    const stopped = this.#stopped;
    if (!stopped && (status === OK || (status === CLOSED && readers))) {
      const value = out && !readers ? take(machine.memory, this.#frame, out, machine.handles) : undefined;
      this.#close();
      this.settle('fulfilled', value);
    } else {
      const reason = stopped ? stopped.reason : machine.error(status, error);
      this.#close();
      this.settle('rejected', reason);
    }
  }

  /** @internal The module is gone. */
  lost(reason: unknown): void {
    this.#frame = 0;
    this.settle('rejected', reason);
  }

  #close(): void {
    const machine = this.#machine;
    machine.calls.delete(this.#id);
    if (this.leaves) machine.imports!.releaseOf(this.leaves, this);
    for (let i = 0; i < this.#handles.length; i++) machine.handles.delete(this.#handles[i]!);
    this.#frame = 0;
  }

  // ---- As a stream -------------------------------------------------------------------------------

  /** @internal C has an item, and asks whether to continue. */
  item(): boolean {
    if (this.#stopped) return false;
    const reader = this.#readers?.shift();
    if (!reader) return this.#readers === undefined; // awaited as a whole: skip its items
    const machine = this.#machine;
    const { out } = this.#function;
    const value = out ? take(machine.memory, this.#frame, out, machine.handles) : undefined;
    reader.resolve({ done: false, value: value as T });
    return this.#readers!.length > 0;
  }

  #next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      if (this.isDone) return this.#answer({ resolve, reject });
      const waiting = this.#readers!.push({ resolve, reject });
      if (this.phase === 'made') this.start();
      else if (waiting === 1 && this.#frame) {
        const { instance, exports } = this.#machine;
        instance.enter(exports.rouse_js_call_next, this.#frame);
      }
    });
  }

  /** The stream has ended. Only the first reader gets its failure. */
  #answer({ resolve, reject }: Reader<T>): void {
    const failed = this.phase === 'rejected' && !this.#ended;
    this.#ended = true;
    if (failed) reject(this.value);
    else resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T, undefined> {
    if (this.phase !== 'made')
      throw new RouseError('INVALID', `${this.#function.name} is running already: call it again`);
    this.#readers = [];
    this.observe(() => this.#readers!.splice(0).forEach((reader) => this.#answer(reader)));
    const iterator: AsyncIterableIterator<T, undefined> = {
      next: () => this.#next(),
      // `break` ends it where it is: its FINALLY has run when this returns.
      return: async () => {
        this.#ended = true;
        this.cancel();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }
}
