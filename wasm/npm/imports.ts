// imports.ts: C calls JavaScript (ROUSE_IMPORT) and waits for what comes of it. The C half is
// wasm/js/js_import.c.
//
// Invariant: a record is found by its id, which has a generation: when C has dropped the future, what
// its promise gives later finds nothing. Completions are kept until the next turn begins, so nothing is
// written into C while it runs.
import type { Call } from './call.js';
import type { Context } from './context.js';
import type { Description } from './describe.js';
import type { Machine } from './machine.js';
import type { CallOptions } from './options.js';
import { Ended, provided } from './provided.js';
import { putResult } from './results.js';
import type { Slots } from './slots.js';
import { Code } from './status.js';
import type { Tools } from './tools.js';
import { Watcher, type Waiter, type Watched } from './watch.js';

type ImportedFunction = (...args: any[]) => unknown;
export type ImportTable = Readonly<Record<string, ImportedFunction | undefined>>;

const INBOX = 64; // entries of two words

interface Binding extends Description {
  call: ImportedFunction;
  /** Remembers the promise it gave last: many calls may give the same. */
  watcher: Watcher;
}

/** A call that waits for its promise. */
class Op implements Waiter {
  id = 0;
  watched: Watched | undefined;
  ok = false;
  value: unknown = undefined;
  constructor(
    readonly imports: Imports,
    readonly binding: Binding,
    readonly leaf: number,
    readonly call: Call<any> | undefined,
    readonly options: CallOptions,
  ) {}
  finish(ok: boolean, value: unknown): void {
    this.ok = ok;
    this.value = value;
    this.imports.finished(this);
  }
}

/** What a finished import holds for C: until its struct is used again, or its task ends. */
interface Owned {
  call?: Call<any>;
  block?: number;
  handle?: number;
}

/** @internal */
export class Imports {
  #machine: Machine;
  #table: ImportTable;
  #provided: ImportTable;
  #tools: Tools;
  #bindings = new Map<number, Binding>();
  #ops: Slots<Op>;
  #done: Op[] = [];
  #latest: Binding | undefined;
  #owned = new Map<number, Owned>();
  #inbox = 0; // where C reads what has ended

  constructor(machine: Machine, table: ImportTable, tools: Tools) {
    this.#machine = machine;
    this.#table = table;
    this.#tools = tools;
    this.#ops = new tools.Slots();
    this.#provided = provided(machine.instance.platform, tools);
  }

  get pending(): number {
    return this.#ops.size;
  }
  get owned(): number {
    return this.#owned.size;
  }

  env(): Record<string, (...args: any[]) => unknown> {
    const machine = this.#machine;
    const { guard, rethrow } = this.#tools;
    const { handles } = machine;
    const ignore = () => {};
    return {
      rouse_host_call: (at: number, leaf: number, call: number) => {
        let status: number;
        try {
          status = this.#call(at >>> 0, leaf >>> 0, call);
        } catch (error) {
          status = this.#thrown(error);
        }
        rethrow(machine.instance);
        return status;
      },
      rouse_host_cancel: (leaf: number, id: number) =>
        guard(machine.instance, () => this.#cancel(leaf >>> 0, id), ignore),
      rouse_host_reason: (status: number, at: number, size: number) =>
        machine.memory.putText(at >>> 0, size, reasonText(machine.thrown.get(status))),
      rouse_host_handle(handle: number, more: number) {
        if (more) return handles.has(handle) ? handles.add(handles.get(handle)) : 0;
        handles.delete(handle);
        return 0;
      },
    };
  }

  /** Every function that C declares is there: missing ones are named now, not in the middle of a call. */
  async check(): Promise<void> {
    const { exports, instance } = this.#machine;
    const { camelCase, explained } = this.#tools;
    const missing: string[] = [];
    for (const name of Object.keys(exports)) {
      const declared = /^rouse_import_(.*)$/.exec(name)?.[1];
      if (declared === undefined) continue;
      const at = instance.enter(() => exports[name]()) as number;
      if (instance.failure) throw instance.failure;
      if (!this.#find(declared)) missing.push(camelCase(declared));
      else this.#binding(at);
    }
    if (missing.length > 0)
      throw await explained(undefined, ({ missingImports }) => missingImports(missing), `${missing}`);
  }

  #find(name: string): ImportedFunction | undefined {
    for (const key of [name, this.#tools.camelCase(name)])
      if (Object.hasOwn(this.#table, key) && typeof this.#table[key] === 'function') return this.#table[key];
    return this.#provided[name];
  }

  #binding(at: number): Binding {
    const known = this.#bindings.get(at);
    if (known) return known;
    const { RouseError, describe } = this.#tools;
    const description = describe(this.#machine.memory, at);
    const call = this.#find(description.name);
    if (!call) throw new RouseError('MISSING_IMPORT', `nobody gave ${description.name}`);
    const binding = { ...description, call, watcher: new Watcher() };
    this.#bindings.set(at, binding);
    return binding;
  }

  /** A status when that was all, else the id of the record. */
  #call(at: number, leaf: number, id: number): number {
    const { calls, instance } = this.#machine;
    const binding = this.#latest?.at === at ? this.#latest : (this.#latest = this.#binding(at));
    this.#release(leaf);
    const caller = calls.get(id);
    const context = caller?.context;
    const isThere = caller === instance.scheduler.context && !caller?.entersAlways;
    if (!context || isThere) return this.#begin(binding, leaf, caller);
    return this.#beginIn(context, binding, leaf, caller);
  }

  #beginIn(context: Context, binding: Binding, leaf: number, caller: Call<any> | undefined): number {
    return context(() => this.#begin(binding, leaf, caller));
  }

  /** In the async context of the caller: there the reaction of the promise wakes us. */
  #begin(binding: Binding, leaf: number, caller: Call<any> | undefined): number {
    const options = new this.#tools.CallOptions();
    const result = this.#invoke(binding, leaf, options);
    if (!this.#tools.isThenable(result)) {
      this.#put(binding, leaf, caller, result);
      return Code.OK;
    }
    const op = new Op(this, binding, leaf, caller, options);
    op.id = this.#ops.add(op);
    op.watched = binding.watcher.watch(result, op);
    return op.id;
  }

  #invoke({ parameters, call }: Binding, leaf: number, options: CallOptions): unknown {
    const { memory, handles } = this.#machine;
    const { take } = this.#tools;
    const first = parameters[0];
    if (!first) return call(options);
    const one = take(memory, leaf, first, handles);
    if (parameters.length === 1) return call(one, options); // without an array
    const more = parameters.slice(1).map((field) => take(memory, leaf, field, handles));
    return call(one, ...more, options);
  }

  /** The status for what was thrown. */
  #thrown = (error: unknown): number => (error instanceof Ended ? Code.CLOSED : this.#machine.thrown.add(error));

  /** What it waited for has come: C hears of it when the next turn begins. */
  finished(op: Op): void {
    if (this.#ops.get(op.id) !== op) return;
    this.#done.push(op);
    const { scheduler } = this.#machine.instance;
    if (this.#ops.size > 1) scheduler.wake(op.call);
    else scheduler.wakeNow(op.call); // no other can come to share the turn
  }

  #cancel(leaf: number, id: number): void {
    const op = this.#ops.get(id);
    if (op) {
      this.#ops.delete(id);
      op.binding.watcher.leave(op.watched, op);
      this.#tools.CallOptions.abort(op.options);
    }
    this.#release(leaf);
  }

  /** Writes the result where C expects it. */
  #put(binding: Binding, leaf: number, call: Call<any> | undefined, value: unknown): void {
    const { out, name } = binding;
    if (!out) return;
    const machine = this.#machine;
    if (out.kind === 'i32' && ((value as number) | 0) === value) {
      machine.memory.i32[(leaf + out.offset) >>> 2] = value as number;
      return;
    }
    const { RouseError, check } = this.#tools;
    check(name, out, value, 'its result');
    const allocate = (size: number) => {
      const block = machine.exports.rouse_js_allocate(size) >>> 0;
      if (!block) throw new RouseError('NO_MEMORY', `no memory for the result of ${name}`);
      return block;
    };
    const made = putResult(this.#tools, machine.memory, leaf, out, value, machine.handles, allocate);
    if (!made.block && !made.handle) return;
    this.#owned.set(leaf, { call, ...made });
    if (call) (call.leaves ??= new Set()).add(leaf);
  }

  /** Hands everything that is done to C, in one crossing for each 64. */
  flush(): void {
    if (this.#done.length === 0) return;
    const { memory, exports } = this.#machine;
    const done = this.#done;
    this.#done = [];
    this.#inbox ||= (exports.rouse_js_inbox() >>> 0) / 4;
    let at = this.#inbox;
    let count = 0;
    for (const op of done) {
      if (this.#ops.get(op.id) !== op) continue;
      this.#ops.delete(op.id);
      const status = op.ok ? this.#result(op) : this.#thrown(op.value);
      const words = memory.i32;
      words[at++] = op.leaf;
      words[at++] = status;
      if (++count < INBOX) continue;
      exports.rouse_js_complete(count);
      at = this.#inbox;
      count = 0;
    }
    if (count > 0) exports.rouse_js_complete(count);
  }

  #result({ binding, leaf, call, value }: Op): number {
    try {
      this.#put(binding, leaf, call, value);
      return Code.OK;
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      return this.#thrown(error);
    }
  }

  // ---- What C holds of ours ----------------------------------------------------------------------

  #release(leaf: number): void {
    if (this.#owned.size === 0) return;
    const owned = this.#owned.get(leaf);
    if (!owned) return;
    this.#owned.delete(leaf);
    if (owned.block) this.#machine.exports.rouse_js_free(owned.block);
    if (owned.handle) this.#machine.handles.delete(owned.handle);
  }
  releaseOf(leaves: Iterable<number>, call: Call<any>): void {
    for (const leaf of leaves) if (this.#owned.get(leaf)?.call === call) this.#release(leaf);
  }
  releaseAll(): void {
    for (const leaf of this.#owned.keys()) this.#release(leaf);
  }

  /** The module is gone: whoever works for it is told. */
  close(reason: unknown): void {
    this.#done = [];
    this.#owned.clear();
    for (const op of this.#ops.drain()) {
      op.binding.watcher.leave(op.watched, op);
      this.#tools.CallOptions.abort(op.options, reason);
    }
  }
}

function reasonText(value: unknown): string {
  try {
    return value instanceof Error ? `${value.name}: ${value.message}` : String(value);
  } catch {
    return 'a value without a text';
  }
}
