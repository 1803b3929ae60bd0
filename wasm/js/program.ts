// program.ts: one instance of a module, and the C program in it. The C half is wasm/js_host.c.
//
// Invariant: JavaScript never runs inside a turn except through the imports below, and those only set
// flags; so a turn is never entered while another is on the stack.
import { RouseError } from './errors.js';
import { checkExports, checkHost, compile, type Source } from './module.js';
import { defaultPlatform, Scheduler, type Platform } from './schedule.js';
import { readTrace, type Trace } from './trace.js';
import { Exit, wasiImports } from './wasi.js';

export interface LoadOptions {
  /** What `argv` holds after the program's name. */
  args?: readonly string[];
  /** Lines and pieces of lines, as the program writes them. Default: the console. */
  stdout?: (text: string) => void;
  stderr?: (text: string) => void;
  /** How long the module may run before others get the thread. Default 5 ms. */
  sliceMs?: number;
  /** For tests and unusual engines: time, timers and macrotasks. */
  platform?: Platform;
}

/** A pipe of text: bytes may end in the middle of a character. */
function decoder(sink: (text: string) => void) {
  const decode = new TextDecoder();
  return (bytes: Uint8Array) => sink(decode.decode(bytes, { stream: true }));
}

/** The console prints whole lines; what is left over comes at the end. */
function lines(print: (line: string) => void) {
  let rest = '';
  return {
    write(text: string) {
      const parts = (rest + text).split('\n');
      rest = parts.pop()!;
      parts.forEach(print);
    },
    flush() {
      if (rest) print(rest);
      rest = '';
    },
  };
}

type Exports = Record<string, any> & { memory: WebAssembly.Memory };

/** A loaded program: call `run` once. */
export class Program {
  private exports!: Exports;
  private readonly scheduler: Scheduler;
  private readonly flushes: (() => void)[] = [];
  private settle?: { resolve: (code: number) => void; reject: (error: unknown) => void };
  private trapped?: unknown;

  private constructor(
    private readonly module: WebAssembly.Module,
    private readonly options: LoadOptions,
  ) {
    const platform = options.platform ?? defaultPlatform();
    this.scheduler = new Scheduler(() => this.tick(), platform, options.sliceMs ?? 5);
  }

  static async load(source: Source, options: LoadOptions = {}): Promise<Program> {
    const module = await compile(source);
    checkHost(module);
    const program = new Program(module, options);
    await program.instantiate();
    return program;
  }

  /** Runs the program to its end. Gives the exit code; rejects if the module traps. */
  run(): Promise<number> {
    if (this.settle) throw new RouseError('INVALID', 'a program runs once: load it again');
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.scheduler.beginSlice();
      this.guard(() => this.start());
    });
  }

  /** Cancels the program: its FINALLY blocks run, and `run` gives 130. */
  cancel(): void {
    if (this.settle && !this.trapped) this.guard(() => this.exports.rouse_cancel());
  }

  /** What happened so far; undefined unless the module was built with ROUSE_TRACE. */
  trace(): Trace | undefined {
    if (!this.exports.rouse_trace) return undefined;
    return readTrace(this.exports.memory.buffer, this.exports.rouse_trace());
  }

  private async instantiate(): Promise<void> {
    const out = this.sink(this.options.stdout, (line) => console.log(line));
    const err = this.sink(this.options.stderr, (line) => console.error(line));
    const args = ['program', ...(this.options.args ?? [])];
    const write = (fd: number, bytes: Uint8Array) => (fd === 1 ? out : err)(bytes);
    const imports = {
      env: this.hostImports(err),
      wasi_snapshot_preview1: wasiImports(() => this.exports.memory, { args, write }),
    };
    try {
      const instance = await WebAssembly.instantiate(this.module, imports as any);
      this.exports = instance.exports as Exports;
    } catch (error) {
      if (!(error instanceof WebAssembly.LinkError)) throw error;
      throw new RouseError('MISSING_IMPORT', `the module needs more than this host has: ${error.message}`, { cause: error });
    }
    if (!this.exports._start) {
      checkExports(this.exports, ['rouse_abi', 'rouse_tick', 'rouse_main', 'rouse_cancel']);
      this.guard(() => this.exports._initialize?.());
    }
  }

  private sink(given: ((text: string) => void) | undefined, print: (line: string) => void) {
    if (given) return decoder(given);
    const buffer = lines(print);
    this.flushes.push(() => buffer.flush());
    return decoder((text) => buffer.write(text));
  }

  private hostImports(err: (bytes: Uint8Array) => void) {
    const { scheduler } = this;
    const platform = this.options.platform ?? defaultPlatform();
    return {
      rouse_host_wake: () => scheduler.wake(),
      rouse_host_now: () => platform.now(),
      rouse_host_wake_at: (delay: number) => scheduler.wakeAt(delay),
      rouse_host_slice_over: () => (scheduler.sliceOver() ? 1 : 0),
      rouse_host_text: (at: number, length: number) =>
        err(new Uint8Array(this.exports.memory.buffer, at, length).slice()),
      rouse_host_done: (code: number) => this.end(code),
    };
  }

  /** A command (with `main`) runs to its end at once; a ROUSE_MAIN program goes on in ticks. */
  private start(): void {
    if (this.exports._start) {
      this.exports._start();
      this.end(0);
    } else {
      this.exports.rouse_main(...this.arguments());
    }
  }

  /** argc and argv; the strings lie in memory of their own, behind everything the module has. */
  private arguments(): [number, number] {
    const memory = this.exports.memory;
    const args = ['program', ...(this.options.args ?? [])];
    const texts = args.map((arg) => new TextEncoder().encode(`${arg}\0`));
    const size = texts.reduce((sum, text) => sum + text.length, 4 * (args.length + 1));
    const start = memory.grow(Math.ceil(size / 65536)) * 65536;
    let at = start + 4 * (args.length + 1);
    texts.forEach((text, i) => {
      new DataView(memory.buffer).setUint32(start + 4 * i, at, true);
      new Uint8Array(memory.buffer).set(text, at);
      at += text.length;
    });
    return [args.length, start];
  }

  private tick(): void {
    this.guard(() => this.exports.rouse_tick());
  }

  private end(code: number): void {
    this.scheduler.stop();
    this.flushes.forEach((flush) => flush());
    this.settle?.resolve(code);
  }

  /** A trap ends the instance: everything that waits is told, and nothing runs in it again. */
  private guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      if (error instanceof Exit) return this.end(error.code);
      this.trapped = error;
      this.scheduler.stop();
      this.flushes.forEach((flush) => flush());
      const message = error instanceof Error ? error.message : String(error);
      const failure = new RouseError('TRAPPED', `the module trapped: ${message}`, { cause: error });
      if (!this.settle) throw failure;
      this.settle.reject(failure);
    }
  }
}
