// runtime.ts: the built-in runtime, which runs the futures that are written in JavaScript: one instance of
// wasm/builtin/builtin.c, loaded when the first of them runs.
//
// Invariant: a node belongs to one parent in C, which frees it. JavaScript reads it only while its parent asks: in
// rouse_host_frame, rouse_host_frame_end and rouse_host_root_end. One that a select handed back has no parent until
// it is awaited again.
import { C } from '../base/c-layout.js';
import { failure, RouseError } from '../base/errors.js';
import { Memory } from '../base/memory.js';
import { Slots } from '../base/slots.js';
import { Code } from '../base/status.js';
import type { Future } from '../future/future.js';
import { guard } from '../host/import-guard.js';
import { Instance } from '../host/instance.js';
import { compile } from '../host/module.js';
import { wasmUrl } from '../wasm-url.js';
import type { Frame } from './generator.js';
import { Kind } from './kinds.js';
import type { Native } from './native.js';

/** A node that waits for a future of another runtime, or for one that somebody else runs. */
interface Waiter {
  future: Future<any>;
  /** We began it: it ends with us. */
  own: boolean;
  node: number;
  leave?: () => void;
}

/** @internal */
export class Runtime {
  readonly instance: Instance;
  readonly memory: Memory;
  readonly frames = new Slots<Frame<any>>();
  readonly roots = new Slots<Native<any>>();
  readonly waits = new Slots<Waiter>();
  /** What lies in channels. */
  readonly items = new Slots<unknown>();
  /** Handed back by a select, and not yet its frame's to end. */
  losers: Future<any>[] = [];

  constructor() {
    this.instance = new Instance(
      {
        turn: () => this.instance.exports.rouse_tick(),
        left: () => {},
        ended: (why) => {
          for (const root of this.roots.drain()) root.settle('rejected', why);
        },
        sinkFailed: () => {},
      },
      {},
    );
    this.memory = new Memory({ get: () => this.instance.exports.memory });
  }

  /** What builtin.c imports. */
  get env() {
    const safe =
      (call: (...args: number[]) => number | void) =>
      (...args: number[]) =>
        guard(this.instance, () => call(...args) ?? 0, unexpected);
    return {
      rouse_host_frame: safe((id, status) => this.frames.get(id)!.resume(status)),
      rouse_host_frame_end: safe((id) => {
        const frame = this.frames.get(id)!;
        this.frames.delete(id);
        return frame.leave() ? 1 : 0;
      }),
      rouse_host_root_end: safe((id) => {
        const root = this.roots.get(id);
        this.roots.delete(id);
        root?.ended();
      }),
      rouse_host_wait: safe((id, node) => this.#wait(id, node)),
      rouse_host_wait_end: safe((id) => this.#waitEnd(id)),
    };
  }

  #wait(id: number, node: number): number {
    const waiter = this.waits.get(id)!;
    const { future } = waiter;
    waiter.node = node >>> 0;
    if (waiter.own) future.start();
    if (!future.isDone) {
      waiter.leave = future.observe(() => {
        this.waits.delete(id);
        this.enter(({ rouse_js_wait_done }) => rouse_js_wait_done(waiter.node, endOf(future)));
      });
      return Code.PENDING;
    }
    this.waits.delete(id);
    return endOf(future);
  }

  #waitEnd(id: number): void {
    const waiter = this.waits.get(id);
    if (!waiter) return;
    this.waits.delete(id);
    waiter.leave?.();
    if (waiter.own) waiter.future.cancel(failure(Code.CANCELLED));
  }

  enter<T>(call: (exports: Record<string, any>) => T): T {
    const { instance } = this;
    if (instance.failure) throw instance.failure;
    const result = instance.enter(() => call(instance.exports));
    if (instance.failure) throw instance.failure;
    return result as T;
  }

  // ---- Nodes -------------------------------------------------------------------------------------

  /** A node of C; `of` and `n` are what rouse_js_node says for its kind. */
  node(kind: Kind, of: number, n = 0): number {
    const node = this.enter((exports) => exports.rouse_js_node(kind, of, n)) as number;
    if (!node) throw failure(Code.NO_MEMORY);
    return node >>> 0;
  }

  /** The node of a child that its parent does not claim: it waits for the child. */
  waitFor(future: Future<any>): number {
    return this.node(Kind.WAIT, this.waits.add({ future, own: future.isFree, node: 0 }));
  }

  /** A block with the futures of `nodes`. */
  list(nodes: readonly number[]): number {
    const block = (this.enter((exports) => exports.rouse_js_list(nodes.length)) as number) >>> 0;
    if (!block) throw failure(Code.NO_MEMORY);
    nodes.forEach((node, i) => (this.memory.i32[block / 4 + i] = node + C.NODE_FUTURE));
    return block;
  }

  /** A parent has ended without this child, whose node is its own, or waits for it: the child stays as it is. */
  handBack(child: Future<any>, own: Native<any> | undefined, node: number, parent: number, place: number): void {
    if (child.isDone) return; // somebody else cancelled it: it ends with its parent
    if (!own) {
      const waiter = this.waits.get(this.memory.word(node + C.NODE_WAIT_ID));
      if (!waiter?.own) return;
      waiter.own = false;
      if (child.phase === 'running') child.phase = 'paused';
    } else {
      this.memory.i32[this.memory.word(parent + C.NODE_CHILDREN) / 4 + place] = 0;
      own.pause(node);
    }
    this.losers.push(child);
  }

  /** How a node ended; one that was dropped is cancelled. */
  statusOf(node: number): number {
    const done = this.memory.word(node + C.NODE_AT) === C.AT_DONE;
    return done ? this.memory.i32[(node + C.NODE_STATUS) / 4]! : Code.CANCELLED;
  }
  outOf(node: number): number {
    return this.memory.word(node + C.NODE_OUT);
  }

  // ---- Items of channels -------------------------------------------------------------------------

  itemOf(node: number): unknown {
    return this.takeItem(this.memory.word(node + C.NODE_ITEM));
  }
  takeItem(id: number): unknown {
    const item = this.items.get(id);
    this.items.delete(id);
    return item;
  }

  // ---- Tasks -------------------------------------------------------------------------------------

  /** Runs a node as a task. */
  root(future: Native<any>, node: number): number {
    const id = this.roots.add(future);
    return this.enter((exports) => exports.rouse_js_root(node, id)) as number;
  }
  abort(task: number): void {
    this.enter((exports) => exports.rouse_js_root_abort(task));
    this.instance.scheduler.wake(); // a turn takes the timer back
  }
}

/** How a future ended, for its parent in C. */
const endOf = ({ phase }: Future<any>) => (phase === 'fulfilled' ? Code.OK : Code.THROWN);

/** Nothing of ours throws in there: it would be a bug. */
function unexpected(error: unknown): number {
  Promise.reject(error); // the platform reports it
  return 0;
}

// ---- The one runtime -------------------------------------------------------------------------------

let loaded: Runtime | undefined;
let loading: Promise<Runtime> | undefined;

/** @internal Throws if it is not loaded. */
export function runtime(): Runtime {
  if (loaded) return loaded;
  throw new RouseError('NOT_READY', "the built-in runtime is not loaded: await ready(), or use 'rouse/inline'");
}
/** @internal */
export const isReady = () => loaded !== undefined;

/** @internal Loads it, once. After a failure the next call tries again. */
export function start(): Promise<Runtime> {
  if (loaded) return Promise.resolve(loaded);
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Runtime> {
  const made = new Runtime();
  await made.instance.instantiate(await compile(wasmUrl()), made.env, { want: 'app' });
  return keep(made);
}

/** @internal The same at once, from a compiled module. */
export function startNow(module: WebAssembly.Module): Runtime {
  if (loaded) return loaded;
  const made = new Runtime();
  made.instance.instantiateNow(module, made.env);
  return keep(made);
}

function keep(made: Runtime): Runtime {
  loaded ??= made;
  loaded.instance.scheduler.start();
  return loaded;
}

/** Loads the built-in runtime, unless it is there. `try` functions need it. */
export const ready = async (): Promise<void> => void (await start());
