// imports.ts: C calls JavaScript (ROUSE_IMPORT) and waits for what comes of it. The C half is
// wasm/js/js_import.c.
//
// Invariant: the id of a record is never used again, so a promise that settles after C has dropped the future finds no
// record. Completions wait until the next turn begins, so nothing is written into C while it runs.
import { C } from '../base/c-layout.js';
import type { Call } from './call.js';
import type { Context } from '../base/context.js';
import { camelCase, describe, type Description } from './describe.js';
import { RouseError } from '../base/errors.js';
import type { Machine } from './machine.js';
import { CallOptions } from '../future/call-options.js';
import { guard, rethrow } from '../host/import-guard.js';
import { Ended, provided } from './standard-imports.js';
import { Slots } from '../base/slots.js';
import { Code } from '../base/status.js';
import { isThenable, Watcher, type Waiter, type Watched } from '../future/promise-watch.js';
import { check, putResult, take } from './values.js';

type ImportedFunction = (...args: any[]) => unknown;
export type ImportTable = Readonly<Record<string, ImportedFunction | undefined>>;

interface Binding extends Description {
  call: ImportedFunction;
  /** Remembers the promise it returned last: many calls may return the same one. */
  watcher: Watcher;
}

/** A call that waits for its promise. */
class Op implements Waiter {
  id = 0;
  watched: Watched | undefined;
  phase: 'fulfilled' | 'rejected' = 'rejected';
  value: unknown = undefined;
  constructor(
    readonly imports: Imports,
    readonly binding: Binding,
    readonly leaf: number,
    readonly call: Call<any> | undefined,
    readonly options: CallOptions,
  ) {}
  settle(phase: 'fulfilled' | 'rejected', value: unknown): void {
    this.phase = phase;
    this.value = value;
    this.imports.finished(this);
  }
}

/** What a finished import holds for C, until its struct is used again or its task ends. */
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
  #bindings = new Map<number, Binding>();
  #ops = new Slots<Op>();
  #done: Op[] = [];
  #latest: Binding | undefined;
  #owned = new Map<number, Owned>();
  #inbox = 0; // where C reads what has ended

  constructor(machine: Machine, table: ImportTable) {
    this.#machine = machine;
    this.#table = table;
    this.#provided = provided(machine.instance.platform);
  }

  get pending(): number {
    return this.#ops.size;
  }
  get owned(): number {
    return this.#owned.size;
  }

  env(): Record<string, (...args: any[]) => unknown> {
    const machine = this.#machine;
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

  /** Reports the functions that C declares and that are missing: now, not in the middle of a call. */
  check(): void {
    const { exports, instance } = this.#machine;
    const missing: string[] = [];
    for (const name of Object.keys(exports)) {
      const declared = /^rouse_import_(.*)$/.exec(name)?.[1];
      if (declared === undefined) continue;
      const at = instance.enter(() => exports[name]()) as number;
      if (instance.failure) throw instance.failure;
      if (!this.#find(declared)) missing.push(camelCase(declared));
      else this.#binding(at);
    }
    if (missing.length > 0) throw missingImports(missing);
  }

  #find(name: string): ImportedFunction | undefined {
    for (const key of [name, camelCase(name)])
      if (Object.hasOwn(this.#table, key) && typeof this.#table[key] === 'function') return this.#table[key];
    return this.#provided[name];
  }

  #binding(at: number): Binding {
    const known = this.#bindings.get(at);
    if (known) return known;
    const description = describe(this.#machine.memory, at);
    const call = this.#find(description.name);
    if (!call)
      throw new RouseError('MISSING_IMPORT', `${description.name} is not among the imports that load was given`);
    const binding = { ...description, call, watcher: new Watcher() };
    this.#bindings.set(at, binding);
    return binding;
  }

  /** Returns a status if the call has ended, else the id of its record. */
  #call(at: number, leaf: number, id: number): number {
    const { calls, instance } = this.#machine;
    const binding = this.#latest?.at === at ? this.#latest : (this.#latest = this.#binding(at));
    this.#release(leaf);
    const caller = calls.get(id);
    if (caller?.isStopped) return Code.CANCELLED; // aborted by what it has called before
    const context = caller?.context;
    const isThere = caller === instance.scheduler.context && !caller?.entersAlways;
    if (!context || isThere) return this.#begin(binding, leaf, caller);
    return this.#beginIn(context, binding, leaf, caller);
  }

  #beginIn(context: Context, binding: Binding, leaf: number, caller: Call<any> | undefined): number {
    return context(() => this.#begin(binding, leaf, caller));
  }

  /** Runs in the async context of the caller, so that the promise's reaction wakes us in it. */
  #begin(binding: Binding, leaf: number, caller: Call<any> | undefined): number {
    const options = new CallOptions();
    const result = this.#invoke(binding, leaf, options);
    if (!isThenable(result)) {
      this.#put(binding, leaf, caller, result);
      return Code.OK;
    }
    this.#machine.early.awaited(result);
    const op = new Op(this, binding, leaf, caller, options);
    op.id = this.#ops.add(op);
    op.watched = binding.watcher.watch(result, op);
    return op.id;
  }

  #invoke({ parameters, call }: Binding, leaf: number, options: CallOptions): unknown {
    const { memory, handles } = this.#machine;
    const first = parameters[0];
    if (!first) return call(options);
    const one = take(memory, leaf, first, handles);
    if (parameters.length === 1) return call(one, options); // without an array
    const more = parameters.slice(1).map((field) => take(memory, leaf, field, handles));
    return call(one, ...more, options);
  }

  /** The status for what was thrown. */
  #thrown = (error: unknown): number => (error instanceof Ended ? Code.CLOSED : this.#machine.thrown.add(error));

  /** Its promise has settled. C learns of it when the next turn begins. */
  finished(op: Op): void {
    if (this.#ops.get(op.id) !== op) return;
    this.#done.push(op);
    const { scheduler } = this.#machine.instance;
    if (this.#ops.size > 1) scheduler.wake(op.call);
    else scheduler.wakeNow(op.call); // no other completion can share the turn
  }

  #cancel(leaf: number, id: number): void {
    const op = this.#ops.get(id);
    if (op) {
      this.#ops.delete(id);
      op.binding.watcher.leave(op.watched, op);
      CallOptions.abort(op.options, op.call?.stopReason);
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
    check(name, out, value, 'its result');
    const allocate = (size: number) => {
      const block = machine.exports.rouse_js_allocate(size) >>> 0;
      if (!block) throw new RouseError('NO_MEMORY', `no memory for the result of ${name}`);
      return block;
    };
    const made = putResult(machine.memory, leaf, out, value, machine.handles, allocate);
    if (!made.block && !made.handle) return;
    this.#owned.set(leaf, { call, ...made });
    if (call) (call.leaves ??= new Set()).add(leaf);
  }

  /** Hands all completions to C, up to 64 in one crossing. */
  flush(): void {
    if (this.#done.length === 0) return;
    const { memory, exports } = this.#machine;
    const done = this.#done;
    this.#done = [];
    this.#inbox ||= exports.rouse_js_inbox() >>> 0;
    let at = this.#inbox;
    let count = 0;
    for (const op of done) {
      if (this.#ops.get(op.id) !== op) continue;
      this.#ops.delete(op.id);
      const status = op.phase === 'fulfilled' ? this.#result(op) : this.#thrown(op.value);
      const words = memory.i32;
      words[(at + C.INBOX_LEAF) / 4] = op.leaf;
      words[(at + C.INBOX_STATUS) / 4] = status;
      at += C.INBOX_BYTES;
      if (++count < C.INBOX_MOST) continue;
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

  /** The module is gone: aborts what works for it. */
  close(reason: unknown): void {
    this.#done = [];
    this.#owned.clear();
    for (const op of this.#ops.drain()) {
      op.binding.watcher.leave(op.watched, op);
      CallOptions.abort(op.options, reason);
    }
  }
}

function missingImports(missing: readonly string[]): RouseError {
  const names = missing.join(', ');
  const them = missing.length > 1 ? 'them' : 'it';
  const cure = `give ${them} to load as { imports: { ${names} } }`;
  return new RouseError('MISSING_IMPORT', `the module calls ${names}: ${cure}`);
}

function reasonText(value: unknown): string {
  try {
    return value instanceof Error ? `${value.name}: ${value.message}` : String(value);
  } catch {
    return 'a value without a text';
  }
}
