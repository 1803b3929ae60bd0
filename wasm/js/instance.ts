// instance.ts: one instance of a module, and the ways in and out of it. Program and App build on it.
//
// Invariant: the module is entered only through `enter`, or through `call` while it is on the stack
// already. A turn never begins in the middle of one: it is remembered, and asked for again when the
// module has returned. After a trap or an exit nothing enters it again.
import { RouseError } from './errors.js';
import { Input, type Stdin } from './input.js';
import { ABI_VERSION, linkOf, WASI, type Kind } from './link.js';
import { explained } from './module.js';
import { output, type Output, type Sink } from './output.js';
import { defaultPlatform, Scheduler, type Platform } from './schedule.js';
import { decoder } from './text.js';
import { Exit, wasiImports, type Polling } from './wasi.js';

export interface InstanceOptions {
  /** What the program reads: whole, or piece by piece. Default: nothing. */
  stdin?: Stdin;
  /** Pieces of text, as the module writes them. Default: the console, by lines. If one throws, a program is
      cancelled, and `run` rejects with its error. */
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
  turn(): void;
  /** The module has returned. */
  left(): void;
  /** It trapped, or called exit: nothing enters it again. */
  ended(failure: RouseError | undefined, exitCode: number): void;
  /** A sink threw. */
  sinkFailed(error: unknown): void;
}

export type Exports = Record<string, any> & { memory: WebAssembly.Memory };
type Imports = Record<string, (...args: any[]) => unknown>;

/** @internal */
export class Instance {
  #owner: Owner;
  exports!: Exports;
  kind: Kind = 'program';
  readonly platform: Platform;
  readonly scheduler: Scheduler;
  readonly out: Output;
  readonly err: Output;
  readonly input: Input;
  #report?: Uint8Array[]; // where a dump goes while it is written
  /** The module is on the stack. */
  inside = false;
  /** How it trapped. */
  failure?: RouseError;
  #wantsTurn = false;
  readonly #turn = () => this.#owner.turn();

  constructor(owner: Owner, options: InstanceOptions) {
    this.#owner = owner;
    this.platform = options.platform ?? defaultPlatform();
    this.scheduler = new Scheduler(() => this.tick(), this.platform, options.sliceMs ?? 5);
    const failed = (error: unknown) => owner.sinkFailed(error);
    const { console } = globalThis as { console?: Console };
    const sink = (given: Sink | undefined, print: Sink) => output(given, print, failed);
    this.out = sink(options.stdout, (line) => console?.log(line));
    this.err = sink(options.stderr, (line) => console?.error(line));
    this.input = new Input(options.stdin, () => this.#stdinReady(), failed);
  }

  async instantiate(
    module: WebAssembly.Module,
    own: Imports,
    args: readonly string[],
    want?: Kind,
    polling?: Polling,
  ): Promise<void> {
    const env = { ...this.#hostImports(), ...own };
    const jumps = polling !== undefined;
    try {
      const { kind, fits } = linkOf(module, want, jumps);
      if (!fits) throw undefined;
      this.kind = kind;
      const imports = this.#imports(module, env, args, polling);
      this.exports = (await WebAssembly.instantiate(module, imports)).exports as Exports;
    } catch (error) {
      throw await explained(error, ({ notLinked }) => notLinked(module, env, want, jumps, error));
    }
    // In a command the linker makes every export run the constructors: only _start may be called.
    if (this.kind === 'command') return;
    const abi = this.exports.rouse_abi();
    if (abi !== ABI_VERSION) throw await explained(undefined, ({ otherAbi }) => otherAbi(abi));
    this.#initialize();
  }

  /** The same at once, for a module that is known to fit. */
  instantiateNow(module: WebAssembly.Module, own: Imports): void {
    const imports = this.#imports(module, { ...this.#hostImports(), ...own }, []);
    this.exports = new WebAssembly.Instance(module, imports).exports as Exports;
    this.#initialize();
  }

  /** What the module is given. */
  #imports(module: WebAssembly.Module, env: Imports, args: readonly string[], polling?: Polling) {
    const asked = WebAssembly.Module.imports(module).filter((each) => each.module === WASI);
    const wasi = wasiImports(asked.map(({ name }) => name), () => this.exports.memory, {
      args,
      write: (fd, bytes) => (fd === 1 ? this.out : this.err).write(bytes),
      read: (most) => this.input.read(most) ?? this.#noneYet(),
      now: () => this.platform.now(),
      polling: this.kind === 'command' ? polling : undefined,
    });
    return { env, [WASI]: wasi } as WebAssembly.Imports;
  }

  #initialize(): void {
    this.enter(() => this.exports._initialize?.());
    if (this.failure) throw this.failure;
  }

  #hostImports(): Imports {
    const { scheduler } = this;
    return {
      rouse_host_wake: () => scheduler.wake(),
      rouse_host_now: () => this.platform.now(),
      rouse_host_wake_at: (delay: number) => scheduler.wakeAt(delay),
      rouse_host_slice_over: () => (scheduler.sliceOver() ? 1 : 0),
      rouse_host_text: (at: number, length: number) => {
        const text = new Uint8Array(this.exports.memory.buffer, at >>> 0, length >>> 0).slice();
        if (this.#report) this.#report.push(text);
        else this.err.write(text);
      },
      rouse_host_done: () => {},
      rouse_host_stdin: (at: number, size: number) => {
        const some = this.input.read(size >>> 0);
        if (some) new Uint8Array(this.exports.memory.buffer).set(some, at >>> 0);
        return some ? some.length : -1;
      },
      // Emscripten tells who holds views of the memory; nobody here does.
      emscripten_notify_memory_growth: () => {},
    };
  }

  /** One that runs at once cannot come back later. */
  #noneYet(): undefined {
    if (this.kind === 'command')
      throw new RouseError('INVALID', 'give it its stdin whole, as text or bytes: it runs at once');
  }

  #stdinReady(): void {
    if (!this.failure) this.enter(() => this.exports.rouse_stdin_ready?.());
  }

  dump(): string {
    const report: Uint8Array[] = (this.#report = []);
    try {
      this.exports.rouse_report?.();
    } catch {
      // a module that has trapped may have left anything behind: what came before is still true
    }
    this.#report = undefined;
    const text = decoder();
    return report.map((bytes) => text.decode(bytes)).join('') + text.end();
  }

  /** Some engines drain microtasks inside an import: a turn then asks for one in the middle of one. */
  tick(): void {
    if (this.inside) this.#wantsTurn = true;
    else this.enter(this.#turn);
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
    this.#owner.left();
    return result;
  }

  /** The module called us, and we call it. A trap in there ends the turn around it as well: the
      import that we are in throws it on (see `guard`). */
  #again<T>(call: () => T): T | undefined {
    if (this.failure) return undefined;
    try {
      return call();
    } catch (error) {
      this.#caught(error);
      throw error;
    }
  }

  /** An import whose body may run code of the user's. Nothing it throws may go through C, but a module
      that has ended meanwhile is not returned to. */
  guard<T>(body: () => T, thrown: (error: unknown) => T): T {
    let result: T;
    try {
      result = body();
    } catch (error) {
      result = thrown(error);
    }
    this.rethrow();
    return result;
  }
  rethrow(): void {
    if (this.failure) throw this.failure;
  }

  #caught(error: unknown): void {
    if (this.failure) return;
    if (error instanceof Exit) {
      this.#owner.ended(undefined, error.code);
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    this.end(new RouseError('TRAPPED', `the module trapped: ${message}`, { cause: error }));
  }

  /** Nothing enters the module any more. */
  end(failure: RouseError): void {
    this.failure = failure;
    this.close();
    this.#owner.ended(failure, 0);
  }

  close(): void {
    this.scheduler.stop();
    this.input.close();
    this.out.end();
    this.err.end();
  }
}
