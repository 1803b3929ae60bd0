// runtime.ts: what runs the futures that are written in JavaScript: an instance of wasm/builtin/builtin.c.
//
// Invariant: a node belongs to one parent in C, which frees it. JavaScript reads it only while its parent
// asks: in rouse_host_frame, rouse_host_frame_end and rouse_host_root_end. One that a select handed back has
// no parent until it is awaited again.
import type { Tools } from './builtin.js';
import { Family } from './family.js';
import { Frame } from './frame.js';
import type { Future } from '../future/future.js';
import type { Exports, Instance } from '../host/instance.js';
import { Kind } from './kinds.js';
import type { Memory } from '../base/memory.js';
import type { Native } from './native.js';
import { scoped } from './scoped.js';
import { Objects, Receiving, Sending, Taking } from './shared-object.js';
import type { Slots } from '../base/slots.js';
import { Code } from '../base/status.js';
import { Timed } from './timed.js';
import type { Work } from './work.js';

/** struct node: children, the item, then the future with its status and where it is, then the first word of
    a result; a wait has its id there. */
const enum Offset {
  CHILDREN = 8,
  ITEM = 12,
  FUTURE = 16,
  STATUS = 28,
  AT = 32,
  OUT = 36,
  WAIT_ID = 44,
}
const DONE = 0x7fffffff;

/** How futures run, by their kinds; all others are made of many. */
const works: Partial<Record<Kind, new (rt: Runtime, future: Native<any>) => Work<any>>> = {
  [Kind.FRAME]: Frame,
  [Kind.SLEEP]: Timed,
  [Kind.YIELD]: Timed,
  [Kind.LOCK]: Taking,
  [Kind.ACQUIRE]: Taking,
  [Kind.SEND]: Sending,
  [Kind.RECV]: Receiving,
};

/** A node that waits for a future of another runtime, or one that somebody else runs. */
interface Waiter {
  future: Future<any>;
  /** We began it: it ends with us. */
  own: boolean;
  node: number;
  leave?: () => void;
}

export class Runtime {
  readonly instance: Instance;
  readonly memory: Memory;
  readonly frames: Slots<Frame<any>>;
  readonly roots: Slots<Work<any>>;
  readonly waits: Slots<Waiter>;
  /** What lies in channels. */
  readonly items: Slots<unknown>;
  /** Handed back by a select, and not yet its frame's to end. */
  losers: Future<any>[] = [];
  readonly objects = new Objects(this);
  readonly scoped = scoped;

  constructor(readonly tools: Tools) {
    const { Instance, Memory, Slots } = tools;
    this.frames = new Slots();
    this.roots = new Slots();
    this.waits = new Slots();
    this.items = new Slots();
    this.instance = new Instance(
      {
        turn: () => this.instance.exports.rouse_tick(),
        left: () => {},
        ended: (why) => {
          for (const root of this.roots.drain()) root.future.settle('rejected', why);
        },
        sinkFailed: () => {},
      },
      {},
    );
    this.memory = new Memory({ get: () => this.instance.exports.memory });
  }

  /** What builtin.c imports. */
  get env() {
    const { instance } = this;
    const safe =
      (call: (...args: number[]) => number | void) =>
      (...args: number[]) =>
        this.tools.guard(instance, () => call(...args) ?? 0, unexpected);
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
    if (waiter.own) waiter.future.cancel(this.tools.failure(Code.CANCELLED));
  }

  /** Runs it at once. */
  begin(module: WebAssembly.Module): this {
    const { instance } = this;
    const imports = this.tools.guarded(instance.imports(this.env));
    instance.exports = new WebAssembly.Instance(module, imports).exports as Exports;
    instance.initialize();
    return this;
  }

  enter<T>(call: (exports: Record<string, any>) => T): T {
    const { instance } = this;
    if (instance.failure) throw instance.failure;
    const result = instance.enter(() => call(instance.exports));
    if (instance.failure) throw instance.failure;
    return result as T;
  }

  node(kind: number, of: number, n = 0): number {
    const node = this.enter((exports) => exports.rouse_js_node(kind, of, n)) as number;
    if (!node) throw this.tools.failure(Code.NO_MEMORY);
    return node >>> 0;
  }

  workOf<T>(future: Native<T>): Work<T> {
    return (future.work ??= new (works[future.kind] ?? Family)(this, future));
  }

  /** Of a child that its parent runs: not of one that runs already, or that is no node. */
  ownWork(child: Future<any>): Work<any> | undefined {
    return 'kind' in child && child.isFree ? this.workOf(child as Native<any>) : undefined;
  }

  /** The node of any other child: it waits for that. */
  waitFor(future: Future<any>): number {
    return this.node(Kind.WAIT, this.waits.add({ future, own: future.isFree, node: 0 }));
  }

  /** A parent has ended without this child, whose node is its own, or waits for it: it stays as it is. */
  handBack(child: Future<any>, work: Work<any> | undefined, node: number, parent: number, place: number): void {
    if (child.isDone) return; // somebody else cancelled it: it ends with its parent
    if (!work) {
      const waiter = this.waits.get(this.memory.word(node + Offset.WAIT_ID));
      if (!waiter?.own) return;
      waiter.own = false;
      if (child.phase === 'running') child.phase = 'paused';
    } else {
      this.memory.i32[this.memory.word(parent + Offset.CHILDREN) / 4 + place] = 0;
      work.pause(node);
    }
    this.losers.push(child);
  }

  /** An item comes out of its channel. */
  take(id: number): unknown {
    const item = this.items.get(id);
    this.items.delete(id);
    return item;
  }

  /** A block with the futures of `nodes`. */
  list(nodes: readonly number[]): number {
    const block = (this.enter((exports) => exports.rouse_js_list(nodes.length)) as number) >>> 0;
    if (!block) throw this.tools.failure(Code.NO_MEMORY);
    nodes.forEach((node, i) => (this.memory.i32[block / 4 + i] = node + Offset.FUTURE));
    return block;
  }

  /** How a node ended; one that was dropped is cancelled. */
  statusOf(node: number): number {
    const done = this.memory.word(node + Offset.AT) === DONE;
    return done ? this.memory.i32[(node + Offset.STATUS) / 4]! : Code.CANCELLED;
  }
  outOf(node: number): number {
    return this.memory.word(node + Offset.OUT);
  }
  itemOf(node: number): number {
    return this.memory.word(node + Offset.ITEM);
  }
}

/** How a future ended, for its parent in C. */
const endOf = ({ phase }: Future<any>) => (phase === 'fulfilled' ? Code.OK : Code.THROWN);

/** Nothing of ours throws in there: it would be a bug. */
function unexpected(error: unknown): number {
  Promise.reject(error); // the platform reports it
  return 0;
}
