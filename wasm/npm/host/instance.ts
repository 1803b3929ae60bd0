// instance.ts: one instance of a module, and the ways in and out of it. Program and App build on it.
//
// Invariant: the module is entered only through `enter`, or through `call` while it is on the stack
// already. A turn never begins in the middle of one: it is remembered, and asked for again when the
// module has returned. After a trap or an exit nothing enters it again.
import { RouseError } from '../base/errors.js';
import type { Input, Stdin } from './input.js';
import { linkOf, type Kind, type RunOptions } from './link.js';
import { explained } from './module.js';
import { output, type Output } from './output.js';
import { more } from '../parts.js';
import { defaultPlatform, Scheduler, type Platform } from '../base/schedule.js';
import { decoder, STREAM } from '../base/text.js';
import { Exit, guarded, printing, viewOf, type Imports, type ModuleImports } from './wasi.js';

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

/** @internal */
export class Instance {
  readonly instance: Instance = this; // as a machine has one
  exports!: Exports;
  kind: Kind = 'program';
  readonly platform: Platform;
  readonly scheduler: Scheduler;
  readonly #outputs: readonly [out: Output, err: Output];
  input?: Input; // where there is one, and the module may read it
  #report?: (bytes: Uint8Array) => unknown; // where a dump goes while it is written
  /** The module is on the stack. */
  inside = false;
  /** How it trapped. */
  failure?: RouseError;
  #wantsTurn = false;

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
    this.kind = link.kind;
    const imports = this.imports(own);
    const { env, wasi } = imports;
    try {
      if (!link.asked.every((name) => name in env || name in wasi)) (await more()).addMore(this, imports, link);
      if (!link.fits) throw new Error('it was linked for another host or use');
      this.exports = (await WebAssembly.instantiate(module, guarded(imports))).exports as Exports;
      // In a command the linker makes every export run the constructors: only _start may be called.
      if (link.kind === 'command') return;
      link.abi = this.exports.rouse_abi();
      if (link.abi !== link.ours) throw new Error(`it has ABI ${link.abi}`);
    } catch (error) {
      throw await explained(error, ({ notLinked }) => notLinked(module, env, link, error));
    }
    this.initialize();
  }

  initialize(): void {
    this.enter(() => this.exports._initialize?.());
    if (this.failure) throw this.failure;
  }

  /** What most modules ask for: of us, and to print with. */
  imports(own: Imports): ModuleImports {
    const { scheduler } = this;
    const view = viewOf(() => this.exports.memory);
    const env = {
      rouse_host_wake: () => scheduler.wake(),
      rouse_host_now: () => this.platform.now(),
      rouse_host_wake_at: (delay: number) => scheduler.wakeAt(delay),
      rouse_host_slice_over: () => (scheduler.sliceOver() ? 1 : 0),
      rouse_host_text: (at: number, length: number) => {
        const text = view.bytes(at, length).slice();
        if (this.#report) this.#report(text);
        else this.write(2, text);
      },
      rouse_host_done: () => {},
      // Emscripten tells who holds views of the memory; nobody here does.
      emscripten_notify_memory_growth: () => {},
      ...own,
    };
    return { env, wasi: printing(view, this), view };
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
      // a module that has trapped may have left anything behind: what came before is still true
    }
    this.#report = undefined;
    return report + text.decode();
  }

  /** Some engines drain microtasks inside an import: a turn then asks for one in the middle of one. */
  tick(): void {
    if (this.inside) this.#wantsTurn = true;
    else this.enter(this.owner.turn);
  }

  /** Runs `call`, which may enter the module; what it returns, or undefined if that was the end. */
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
    if (this.#wantsTurn) {
      this.#wantsTurn = false;
      this.scheduler.wake();
    }
    this.owner.left();
    return result;
  }

  /** The module called us, and we call it. A trap in there ends the turn around it as well: the
      import that we are in throws it on (see guard.ts). */
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
