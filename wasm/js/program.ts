// program.ts: one instance of a module, and the C program in it. The C half is wasm/js_host.c.
//
//   loaded --run--> running --done, exit--> ended
//     |                |
//     +----- trap -----+-----> trapped
//
// Invariant: the module is entered only through `enter`, and never while it is on the stack: what its
// imports or the user's sinks ask for in the meantime is remembered, and done when it has returned.
import { RouseError } from './errors.js';
import { checkAbi, checkLink, WASI, type Kind } from './link.js';
import { compile, type Source } from './module.js';
import { output, type Output } from './output.js';
import { defaultPlatform, Scheduler, type Platform } from './schedule.js';
import { encode } from './text.js';
import { readTrace, type Trace } from './trace.js';
import { Exit, wasiImports } from './wasi.js';

export interface LoadOptions {
  /** What `argv` holds after the program's name. */
  args?: readonly string[];
  /** Pieces of text, as the program writes them. Default: the console, by lines. If it throws, the
      program is cancelled and `run` rejects with the error. */
  stdout?: (text: string) => void;
  stderr?: (text: string) => void;
  /** How long the module may run before others get the thread. Default 5 ms. */
  sliceMs?: number;
  /** For tests and unusual engines: time, timers and macrotasks. */
  platform?: Platform;
}

const PAGE = 65536;
const MOST_STACK = 16384; // bytes of arguments that a stack has room for
type Exports = Record<string, any> & { memory: WebAssembly.Memory };

/** A loaded program: call `run` once. */
export class Program {
  private state: 'loaded' | 'running' | 'ended' | 'trapped' = 'loaded';
  private exports!: Exports;
  private kind: Kind = 'program';
  private readonly platform: Platform;
  private readonly scheduler: Scheduler;
  private readonly out: Output;
  private readonly err: Output;
  private readonly args: readonly string[];
  private settle?: { resolve: (code: number) => void; reject: (error: unknown) => void };
  private traceAt?: number;

  private inside = false; // the module is on the stack
  private wants = { tick: false, cancel: false };
  private exitCode?: number;
  private sinkError?: { error: unknown };
  private failure?: RouseError; // how it trapped

  private constructor(options: LoadOptions) {
    this.platform = options.platform ?? defaultPlatform();
    this.scheduler = new Scheduler(() => this.tick(), this.platform, options.sliceMs ?? 5);
    this.args = ['program', ...(options.args ?? [])];
    const failed = (error: unknown) => {
      this.sinkError ??= { error };
      if (this.state === 'running') this.cancel();
    };
    const { console } = globalThis as { console?: Console };
    this.out = output(options.stdout, (line) => console?.log(line), failed);
    this.err = output(options.stderr, (line) => console?.error(line), failed);
  }

  static async load(source: Source, options: LoadOptions = {}): Promise<Program> {
    const module = await compile(source);
    const program = new Program(options);
    await program.instantiate(module);
    return program;
  }

  /** Runs the program to its end. Gives the exit code; rejects if the module traps. */
  async run(): Promise<number> {
    if (this.failure) throw this.failure;
    if (this.state !== 'loaded') throw new RouseError('INVALID', 'a program runs once: load it again');
    const start = this.starter();
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.state = 'running';
      this.scheduler.start();
      this.enter(start);
    });
  }

  /** Cancels the program: its FINALLY blocks run, and `run` gives 130. Nothing before or after it. */
  cancel(): void {
    if (this.failure) throw this.failure;
    if (this.state !== 'running' || this.kind === 'command') return;
    if (this.inside) this.wants.cancel = true;
    else this.enter(() => this.exports.rouse_cancel());
  }

  /** What happened so far, also after a trap; undefined if the module was built without ROUSE_TRACE. */
  trace(): Trace | undefined {
    if (this.traceAt === undefined) return undefined;
    return readTrace(this.exports.memory.buffer, this.traceAt);
  }

  private async instantiate(module: WebAssembly.Module): Promise<void> {
    const env = this.hostImports();
    this.kind = checkLink(module, env);
    const names = WebAssembly.Module.imports(module).filter((i) => i.module === WASI);
    const wasi = wasiImports(names.map(({ name }) => name), () => this.exports.memory, {
      args: this.args,
      write: (fd, bytes) => (fd === 1 ? this.out : this.err).write(bytes),
      now: () => this.platform.now(),
    });
    try {
      const instance = await WebAssembly.instantiate(module, { env, [WASI]: wasi });
      this.exports = instance.exports as Exports;
    } catch (error) {
      const message = `the module cannot be instantiated: ${(error as Error).message}`;
      throw new RouseError('INVALID', message, { cause: error });
    }
    // In a command the linker makes every export run the constructors: only _start may be called.
    if (this.kind === 'command') return;
    checkAbi(this.exports);
    this.enter(() => this.exports._initialize?.());
    if (this.failure) throw this.failure;
    this.traceAt = this.exports.rouse_trace?.();
  }

  private hostImports() {
    const { scheduler } = this;
    return {
      rouse_host_wake: () => scheduler.wake(),
      rouse_host_now: () => this.platform.now(),
      rouse_host_wake_at: (delay: number) => scheduler.wakeAt(delay),
      rouse_host_slice_over: () => (scheduler.sliceOver() ? 1 : 0),
      rouse_host_text: (at: number, length: number) =>
        void this.err.write(
          new Uint8Array(this.exports.memory.buffer, at >>> 0, length >>> 0).slice(),
        ),
      rouse_host_done: (code: number) => void (this.exitCode ??= code),
      // Emscripten tells who holds views of the memory; nobody here does.
      emscripten_notify_memory_growth: () => {},
    };
  }

  /** A command (with `main`) runs to its end at once; a ROUSE_MAIN program goes on in ticks. */
  private starter(): () => void {
    if (this.kind === 'command')
      return () => {
        this.exports._start();
        this.exitCode ??= 0;
      };
    const [argc, argv] = this.exitCode === undefined ? this.placeArguments() : [0, 0];
    return () => {
      if (this.exitCode !== undefined) return; // a constructor called exit
      const started = this.exports.rouse_main(argc, argv);
      if (!started) this.exitCode ??= 1;
    };
  }

  /** argc and argv, and what they point to. */
  private placeArguments(): [argc: number, argv: number] {
    const { memory } = this.exports;
    const texts = this.args.map((arg) => encode(`${arg}\0`));
    const table = 4 * (texts.length + 1);
    const start = this.memoryFor(texts.reduce((sum, text) => sum + text.length, table));
    new Uint8Array(memory.buffer, start, table).fill(0);
    let at = start + table;
    texts.forEach((text, i) => {
      new DataView(memory.buffer).setUint32(start + 4 * i, at, true);
      new Uint8Array(memory.buffer).set(text, at);
      at += text.length;
    });
    return [texts.length, start];
  }

  /** From the module if it gives any; else pages of their own, behind everything that it has.
      Emscripten's malloc thinks it owns what lies there, and its memory may not grow at all; but its
      modules export a way to take from the stack, which lasts as long as nobody gives it back. */
  private memoryFor(size: number): number {
    const { memory, rouse_allocate, stackAlloc, _emscripten_stack_alloc } = this.exports;
    const takeStack = size <= MOST_STACK ? (stackAlloc ?? _emscripten_stack_alloc) : undefined;
    const allocate = rouse_allocate ?? takeStack;
    let start = 0;
    try {
      start = allocate ? allocate(size) >>> 0 : memory.grow(Math.ceil(size / PAGE)) * PAGE;
    } catch {
      // said below
    }
    if (start > 0) return start;
    throw new RouseError(
      'INVALID',
      'no memory for the arguments: link with a greater maximum, or -sALLOW_MEMORY_GROWTH',
    );
  }

  /** Some engines drain microtasks inside an import: a turn then asks for one in the middle of one. */
  private tick(): void {
    if (this.inside) this.wants.tick = true;
    else this.enter(() => this.exports.rouse_tick());
  }

  private enter(call: () => void): void {
    this.inside = true;
    try {
      call();
    } catch (error) {
      if (error instanceof Exit) this.exitCode ??= error.code;
      else this.trap(error);
    }
    this.inside = false;
    if (this.state === 'running') this.left();
  }

  /** The module has returned: now for what happened meanwhile. */
  private left(): void {
    if (this.exitCode !== undefined) return this.finish(this.exitCode);
    const { tick, cancel } = this.wants;
    this.wants = { tick: false, cancel: false };
    if (tick) this.scheduler.wake();
    if (cancel) this.cancel();
  }

  private finish(code: number): void {
    this.close('ended');
    if (this.sinkError) this.settle?.reject(this.sinkError.error);
    else this.settle?.resolve(code);
  }

  /** A trap ends the instance: everything that waits is told, and nothing runs in it again. */
  private trap(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.failure = new RouseError('TRAPPED', `the module trapped: ${message}`, { cause: error });
    this.close('trapped');
    this.settle?.reject(this.failure);
  }

  private close(state: 'ended' | 'trapped'): void {
    this.state = state;
    this.scheduler.stop();
    this.out.end();
    this.err.end();
  }
}
