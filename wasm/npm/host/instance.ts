// instance.ts: one instance of a module, and the ways in and out of it. Program and App build on it.
//
// Invariants: the module is entered only through `enter`. A turn never begins while the module is on the
// stack: it is remembered, and asked for again when the module has returned. Whatever ends futures waits as
// well (`later`): code that C calls would otherwise free frames that C is in the middle of. After a trap or
// an exit nothing enters the module again.
import { RouseError } from '../base/errors.js';
import { notLinked, otherAbi } from './explain.js';
import { Input, type Stdin } from './input.js';
import { ABI_VERSION, linkOf, type Kind, type Link, type RunOptions } from './link.js';
import { output, type Output } from './output.js';
import { defaultPlatform, Scheduler, type Platform } from '../base/schedule.js';
import { decoder, encode, STREAM } from '../base/text.js';
import { Exit, guarded, viewOf, wasiCalls, type Imports, type View } from './wasi.js';

export interface InstanceOptions {
  /** What the program reads: whole, or piece by piece. Default: nothing. */
  stdin?: Stdin;
  /** Pieces of text, as the module writes them. Default: the console, by lines. If one throws, a program is
      cancelled, and `run` rejects with its error; that of an app is an unhandled rejection. */
  stdout?: (text: string) => void;
  stderr?: (text: string) => void;
  /** How long the module may run before others get the thread. Default 5 ms. */
  sliceMs?: number;
  /** For tests and unusual engines: time, timers and macrotasks. */
  platform?: Platform;
}

/** @internal What an owner of an instance does. */
export interface Owner {
  /** One turn; inside `enter`. */
  turn: () => void;
  /** The module has returned. */
  left: () => void;
  /** It trapped, or called exit: nothing enters it again. */
  ended: (failure: RouseError | undefined, exitCode: number) => void;
  /** A sink threw. */
  sinkFailed: (error: unknown) => void;
}

export type Exports = Record<string, any> & { memory: WebAssembly.Memory };

const NONE = new Uint8Array();

async function instantiated(module: WebAssembly.Module, imports: WebAssembly.Imports, link: Link): Promise<Exports> {
  try {
    if (link.fits) return (await WebAssembly.instantiate(module, imports)).exports as Exports;
  } catch (error) {
    throw notLinked(module, imports.env!, link, error);
  }
  throw notLinked(module, imports.env!, link, undefined);
}

/** @internal */
export class Instance {
  exports!: Exports;
  kind: Kind = 'program';
  readonly platform: Platform;
  readonly scheduler: Scheduler;
  readonly #outputs: readonly [out: Output, err: Output];
  input?: Input; // if stdin was given and the module reads it
  #report?: (bytes: Uint8Array) => unknown; // where a dump goes while it is written
  /** The module is on the stack. */
  inside = false;
  /** How it trapped. */
  failure?: RouseError;
  #wantsTurn = false;
  #waiting: (() => void)[] = []; // what `later` has put off
  #isLeaving = false;

  constructor(
    readonly owner: Owner,
    readonly options: InstanceOptions,
  ) {
    this.platform = options.platform ?? defaultPlatform();
    this.scheduler = new Scheduler(() => this.tick(), this.platform, options.sliceMs ?? 5);
    this.#outputs = [
      output(options.stdout, 'log', owner.sinkFailed),
      output(options.stderr, 'error', owner.sinkFailed),
    ];
  }

  async instantiate(module: WebAssembly.Module, own: Imports, run: RunOptions): Promise<void> {
    const link = linkOf(module, run);
    const imports = this.#prepare(link, own);
    this.exports = await instantiated(module, imports, link);
    // In a command the linker makes every export run the constructors: only _start may be called.
    if (link.kind === 'command') return;
    const abi = this.exports.rouse_abi();
    if (abi !== ABI_VERSION) throw otherAbi(abi);
    this.#initialize();
  }

  /** The same at once, for an app that fits. */
  instantiateNow(module: WebAssembly.Module, own: Imports): void {
    const imports = this.#prepare(linkOf(module, { want: 'app' }), own);
    this.exports = new WebAssembly.Instance(module, imports).exports as Exports;
    this.#initialize();
  }

  #initialize(): void {
    this.enter(() => this.exports._initialize?.());
    if (this.failure) throw this.failure;
  }

  #prepare(link: Link, own: Imports): WebAssembly.Imports {
    const { stdin } = this.options;
    this.kind = link.kind;
    const readsStdin = link.asked.some((name) => /^(rouse_host_stdin|fd_read)$/.test(name));
    if (stdin !== undefined && readsStdin) this.input = new Input(stdin, this.#stdinReady, this.owner.sinkFailed);
    const view = viewOf(() => this.exports.memory);
    const args = (link.args ?? []).map((arg) => encode(`${arg}\0`));
    const env = { ...this.#calls(view), ...own } as WebAssembly.ModuleImports;
    return { env, wasi_snapshot_preview1: guarded(wasiCalls(view, this, link, args)) };
  }

  /** What every module may import from us. */
  #calls(view: View): Imports {
    const { scheduler } = this;
    return {
      rouse_host_wake: () => scheduler.wake(),
      rouse_host_now: () => this.now(),
      rouse_host_wake_at: (delay: number) => scheduler.wakeAt(delay),
      rouse_host_slice_over: () => (this.#waiting.length > 0 || scheduler.sliceOver() ? 1 : 0),
      rouse_host_text: (at: number, length: number) => {
        const text = view.bytes(at, length).slice();
        if (this.#report) this.#report(text);
        else this.write(2, text);
      },
      rouse_host_stdin: (at: number, size: number) => {
        const some = this.read(size >>> 0);
        if (some) view.bytes(at, some.length).set(some);
        return some ? some.length : -1;
      },
      rouse_host_done: () => {},
      // Emscripten reports growth to whoever keeps views of the memory; nobody here does.
      emscripten_notify_memory_growth: () => {},
    };
  }

  readonly #stdinReady = () => {
    if (!this.failure) this.enter(() => this.exports.rouse_stdin_ready?.());
  };

  // ---- What WASI needs of us ---------------------------------------------------------------------

  now(): number {
    return this.platform.now();
  }

  /** Bytes of stdin: an empty array at the end, undefined if some will come later. */
  read(most: number): Uint8Array | undefined {
    return this.input ? this.input.read(most) : NONE;
  }

  write(fd: number, bytes: Uint8Array): boolean {
    return this.#outputs[fd - 1]!.write(bytes);
  }

  dump(): string {
    const text = decoder();
    let report = '';
    this.#report = (bytes) => (report += text.decode(bytes, STREAM));
    try {
      this.exports.rouse_report?.();
    } catch {
      // a module that trapped may have left anything behind; the text so far is still true
    }
    this.#report = undefined;
    return report + text.decode();
  }

  /** Some engines drain microtasks inside an import, so a turn may be asked for in the middle of another. */
  tick(): void {
    if (this.inside) this.#wantsTurn = true;
    else this.enter(this.owner.turn);
  }

  /** Runs `call`, which may enter the module. Returns its result, or undefined if the module has ended. */
  enter<T>(call: (a?: any, b?: any, c?: any) => T, a?: number, b?: number, c?: number): T | undefined {
    if (this.inside) return this.#again(() => call(a, b, c));
    this.inside = true;
    let result: T | undefined;
    try {
      result = call(a, b, c);
    } catch (error) {
      this.#caught(error);
    }
    this.inside = false;
    this.#leave();
    return result;
  }

  /** Runs `call` once the module is off the stack: now, if it is. */
  later(call: () => void): void {
    if (this.inside) this.#waiting.push(call);
    else call();
  }

  /** The module has returned. What was put off may enter it again, and put off more. */
  #leave(): void {
    if (this.#isLeaving) return;
    if (this.#waiting.length > 0) this.#catchUp();
    if (this.#wantsTurn) {
      this.#wantsTurn = false;
      this.scheduler.wake();
    }
    this.owner.left();
  }
  #catchUp(): void {
    this.#isLeaving = true;
    for (let i = 0; i < this.#waiting.length; i++) this.#waiting[i]!();
    this.#waiting = [];
    this.#isLeaving = false;
  }

  /** The module called us, and we call it again. A trap in there ends the outer turn as well: the import that we are
      in throws it again (see import-guard.ts). */
  #again<T>(call: () => T): T | undefined {
    if (this.failure) return undefined;
    try {
      return call();
    } catch (error) {
      this.#caught(error);
      throw error;
    }
  }

  #caught(error: unknown): void {
    if (this.failure) return;
    if (error instanceof Exit) {
      this.owner.ended(undefined, error.code);
      return;
    }
    const message = (error as Error | undefined)?.message ?? error;
    this.end(new RouseError('TRAPPED', `the module trapped: ${message}`, { cause: error }));
  }

  /** Nothing enters the module any more. */
  end(failure: RouseError): void {
    this.failure = failure;
    this.close();
    this.owner.ended(failure, 0);
  }

  close(): void {
    this.scheduler.stop();
    this.input?.close();
    for (const each of this.#outputs) each.end();
  }
}
