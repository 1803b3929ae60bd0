// program.ts: one instance of a module, and the C program in it. The C half is wasm/js_host.c.
//
//   loaded --run--> running --done, exit--> ended
//     |                |
//     +----- trap -----+-----> trapped
//
// Invariant: what the program's imports or the user's sinks ask for while the module is on the stack
// is remembered, and done when it has returned.
import { Instance, type InstanceOptions } from './instance.js';
import { RouseError } from './errors.js';
import type { ImportTable } from './imports.js';
import type { Machine } from './machine.js';
import { compile, type Source } from './module.js';
import { encode } from './text.js';
import type { Trace } from './trace.js';

/** What `Program.load` takes besides the module. */
export interface LoadOptions extends InstanceOptions {
  /** What `argv` holds after the program's name. */
  args?: readonly string[];
  /** Runs a module that was linked for WASI: at once, from its start to its end. It cannot wait, so
      where it would, its clock jumps to when it would go on, and stderr says so. */
  jumps?: boolean;
  /** @internal What runs a module that also has ROUSE_EXPORT or ROUSE_IMPORT: few programs need it. */
  machine?: typeof Machine;
  /** @internal */
  imports?: ImportTable;
}

const PAGE = 65536;
const MOST_STACK = 16384; // bytes of arguments that a stack has room for

/** A loaded program: call `run` once. */
export class Program {
  #state: 'loaded' | 'running' | 'ended' | 'trapped' = 'loaded';
  readonly #host: Instance | Machine;
  readonly #args: readonly string[];
  #settle?: { resolve: (code: number) => void; reject: (error: unknown) => void };
  #readTrace?: () => Trace;
  #wantsCancel = false;
  #exitCode?: number;
  #sinkError?: { error: unknown };

  private constructor(options: LoadOptions) {
    const { machine } = options;
    this.#args = ['program', ...(options.args ?? [])];
    const owner = {
      left: () => this.#left(),
      ended: (failure: RouseError | undefined, code: number) => this.#ended(failure, code),
      sinkFailed: (error: unknown) => {
        this.#sinkError ??= { error };
        if (this.#state === 'running') this.cancel();
      },
    };
    const turn = () => void this.exports.rouse_tick();
    this.#host = machine ? new machine(options, owner) : new Instance({ ...owner, turn }, options);
  }

  private get instance(): Instance {
    return this.#host instanceof Instance ? this.#host : this.#host.instance;
  }

  private get exports() {
    return this.instance.exports;
  }

  static async load(source: Source, options: LoadOptions = {}): Promise<Program> {
    const module = await compile(source);
    const program = new Program(options);
    const done = (code: number) => void (program.#exitCode ??= code);
    const jump = options.jumps ? (await import('./jump.js')).polling : undefined;
    await program.#host.instantiate(module, { rouse_host_done: done }, program.#args, undefined, jump);
    await program.#findTrace();
    return program;
  }

  /** Only a module that is traced brings the reader along. */
  async #findTrace(): Promise<void> {
    const { kind, exports } = this.instance;
    if (kind === 'command' || !exports.rouse_trace) return;
    const at = exports.rouse_trace();
    const { readTrace } = await import('./trace.js');
    this.#readTrace = () => readTrace(exports.memory.buffer, at);
  }

  /** Runs the program to its end. Gives the exit code; rejects if the module traps. */
  async run(): Promise<number> {
    const { failure, scheduler } = this.instance;
    if (failure) throw failure;
    if (this.#state !== 'loaded') throw new RouseError('INVALID', 'a program runs once: load it again');
    const start = this.#starter();
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#state = 'running';
      scheduler.start();
      this.instance.enter(start);
    });
  }

  /** Cancels the program: its FINALLY blocks run, and `run` gives 130. Nothing before or after it. */
  cancel(): void {
    if (this.instance.failure) throw this.instance.failure;
    if (this.#state !== 'running' || this.instance.kind === 'command') return;
    if (this.instance.inside) this.#wantsCancel = true;
    else this.instance.enter(() => this.exports.rouse_cancel());
  }

  /** What happened so far, also after a trap; undefined if the module was built without ROUSE_TRACE. */
  trace(): Trace | undefined {
    return this.#readTrace?.();
  }

  /** Every task, the line it is parked on and what it waits for; also after a trap. '' if the program
      does not run. */
  dump(): string {
    return this.#state === 'running' || this.#state === 'trapped' ? this.instance.dump() : '';
  }

  /** A command (with `main`) runs to its end at once; a ROUSE_MAIN program goes on in ticks. */
  #starter(): () => void {
    if (this.instance.kind === 'command')
      return () => {
        this.exports._start();
        this.#exitCode ??= 0;
      };
    const [argc, argv] = this.#exitCode === undefined ? this.#placeArguments() : [0, 0];
    return () => {
      if (this.#exitCode !== undefined) return; // a constructor called exit
      const started = this.exports.rouse_main(argc, argv);
      if (!started) this.#exitCode ??= 1;
    };
  }

  /** argc and argv, and what they point to. */
  #placeArguments(): [argc: number, argv: number] {
    const { memory } = this.exports;
    const texts = this.#args.map((arg) => encode(`${arg}\0`));
    const table = 4 * (texts.length + 1);
    const start = this.#memoryFor(texts.reduce((sum, text) => sum + text.length, table));
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
  #memoryFor(size: number): number {
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

  /** The module has returned: now for what happened meanwhile. */
  #left(): void {
    if (this.#state !== 'running') return;
    if (this.#exitCode !== undefined) return this.#finish(this.#exitCode);
    if (this.#wantsCancel) {
      this.#wantsCancel = false;
      this.cancel();
    }
  }

  #finish(code: number): void {
    this.#state = 'ended';
    this.instance.close();
    if (this.#sinkError) this.#settle?.reject(this.#sinkError.error);
    else this.#settle?.resolve(code);
  }

  /** A trap rejects; an exit is noted, and ends the program when the module has been left. */
  #ended(failure: RouseError | undefined, code: number): void {
    if (!failure) {
      this.#exitCode ??= code;
      return;
    }
    this.#state = 'trapped';
    this.#settle?.reject(failure);
  }
}
