// runtime.ts: what runs the futures that are written in JavaScript: an instance of wasm/builtin/builtin.c.
//
// Invariant: a node belongs to one parent in C, which frees it. JavaScript reads it only while its parent
// asks: in rouse_host_frame, rouse_host_frame_end and rouse_host_root_end. One that a select handed back has
// no parent until it is awaited again.
import type { Tools } from './builtin.js';
import type { Future } from './future.js';
import type { Generated } from './generator.js';
import type { Exports, Instance } from './instance.js';
import type { Memory } from './memory.js';
import type { Native } from './native.js';
import type { Slots } from './slots.js';
import { Code } from './status.js';

const WAIT = 1; // of `enum kind`
// struct node: children, the item, then the future with its status and where it is, then the first word of
// a result; a wait has its id there.
const CHILDREN = 8, ITEM = 12, FUTURE = 16, STATUS = 28, AT = 32, OUT = 36, WAIT_ID = 44;
const DONE = 0x7fffffff;

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
  readonly frames: Slots<Generated<any>>;
  readonly roots: Slots<Native<any>>;
  readonly waits: Slots<Waiter>;
  /** What lies in channels. */
  readonly items: Slots<unknown>;
  /** Handed back by a select, and not yet its frame's to end. */
  losers: Future<any>[] = [];

  constructor(private readonly tools: Tools) {
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
    const { instance } = this;
    const safe = (call: (...args: number[]) => number | void) => (...args: number[]) =>
      this.tools.guard(instance, () => call(...args) ?? 0, unexpected);
    return {
      rouse_host_frame: safe((id, status) => this.frames.get(id)!.resume(this, status)),
      rouse_host_frame_end: safe((id) => {
        const frame = this.frames.get(id)!;
        this.frames.delete(id);
        return frame.leave(this) ? 1 : 0;
      }),
      rouse_host_root_end: safe((id, status) => {
        const root = this.roots.get(id);
        this.roots.delete(id);
        root?.ended(this, status);
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

  /** The node of a child: its own, or one that waits for it. */
  adopt(child: Future<any>): number {
    const own = child.isFree;
    if (own && 'claim' in child) return (child as Native<any>).claim(this);
    return this.node(WAIT, this.waits.add({ future: child, own, node: 0 }));
  }

  /** A parent has ended without this child, whose node is its own or `waits` for it: it stays as it is. */
  handBack(child: Future<any>, node: number, waits: boolean, parent: number, place: number): void {
    if (child.isDone) return; // somebody else cancelled it: it ends with its parent
    if (waits) {
      const waiter = this.waits.get(this.memory.word(node + WAIT_ID));
      if (!waiter?.own) return;
      waiter.own = false;
      if (child.phase === 'running') child.phase = 'paused';
    } else {
      this.memory.i32[this.memory.word(parent + CHILDREN) / 4 + place] = 0;
      (child as Native<any>).pause(node);
    }
    this.losers.push(child);
  }

  /** A block with the futures of `nodes`. */
  list(nodes: readonly number[]): number {
    const block = (this.enter((exports) => exports.rouse_js_list(nodes.length)) as number) >>> 0;
    if (!block) throw this.tools.failure(Code.NO_MEMORY);
    nodes.forEach((node, i) => (this.memory.i32[block / 4 + i] = node + FUTURE));
    return block;
  }

  /** How a node ended; one that was dropped is cancelled. */
  statusOf(node: number): number {
    const done = this.memory.word(node + AT) === DONE;
    return done ? this.memory.i32[(node + STATUS) / 4]! : Code.CANCELLED;
  }
  outOf(node: number): number {
    return this.memory.word(node + OUT);
  }
  itemOf(node: number): number {
    return this.memory.word(node + ITEM);
  }
}

/** How a future ended, for its parent in C. */
const endOf = ({ phase }: Future<any>) => (phase === 'fulfilled' ? Code.OK : Code.THROWN);

/** Nothing of ours throws in there: it would be a bug. */
function unexpected(error: unknown): number {
  Promise.reject(error); // the platform reports it
  return 0;
}
