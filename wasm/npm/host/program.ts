// program.ts: one instance of a module, and the C program in it. The C half is wasm/js/js_host.c.
//
//   loaded --run--> running --done, exit--> ended
//     |                |
//     +----- trap -----+-----> trapped
//
// Invariant: a cancel or an exit that comes while the module is on the stack waits until the module has returned.
import { placeArguments } from './arguments.js';
import { Instance, type InstanceOptions, type Owner } from './instance.js';
import { RouseError } from '../base/errors.js';
import { compile, type Source } from './module.js';
import { readTrace, type Trace } from '../trace/trace-ring.js';

/** What `Program.load` takes besides the module. */
export interface LoadOptions extends InstanceOptions {
  /** What `argv` holds after the program's name. */
  args?: readonly string[];
  /** Runs a module that was linked for WASI: at once, from its start to its end. It cannot wait, so
      where it would, its clock jumps to when it would go on, and stderr says so. */
  jumps?: boolean;
  /** @internal Makes the host of a module that also has ROUSE_EXPORT or ROUSE_IMPORT: few programs need one. */
  host?: (owner: Owner, options: InstanceOptions) => ProgramHost;
}

/** @internal Has an instance, and gives it more imports. */
export interface ProgramHost {
  readonly instance: Instance;
  instantiate: Instance['instantiate'];
}

/** A loaded program: call `run` once. */
export class Program {
  readonly #host: Pick<ProgramHost, 'instantiate'>;
  private readonly instance: Instance;
  #isRunning = false;
  #settle?: (failed?: { error: unknown }) => void;
  #arguments: readonly [argc: number, argv: number] = [0, 0]; // none: C fills in the program's name
  #wantsCancel = false;
  #traceAt?: number; // struct rouse_trace, in a module that has one
  #exitCode?: number;
  #sinkError?: { error: unknown };

  private constructor(options: LoadOptions) {
    const owner = {
      turn: () => this.exports.rouse_tick(),
      left: () => this.#left(),
      ended: (failure: RouseError | undefined, code: number) => this.#ended(failure, code),
      sinkFailed: (error: unknown) => {
        this.#sinkError ??= { error };
        if (this.#isRunning) this.cancel();
      },
    };
    const host = options.host?.(owner, options);
    this.instance = host?.instance ?? new Instance(owner, options);
    this.#host = host ?? this.instance;
  }

  private get exports() {
    return this.instance.exports;
  }

  static async load(source: Source, options: LoadOptions = {}): Promise<Program> {
    const module = await compile(source);
    const program = new Program(options);
    const done = (code: number) => void (program.#exitCode ??= code);
    const args = ['program', ...(options.args ?? [])];
    await program.#host.instantiate(module, { rouse_host_done: done }, { args, jumps: options.jumps });
    const { exports, instance } = program;
    if (instance.kind === 'command') return program;
    if (args[1] !== undefined && program.#exitCode === undefined) program.#arguments = placeArguments(args, exports);
    program.#traceAt = exports.rouse_trace?.();
    return program;
  }

  /** Runs the program to its end. Gives the exit code; rejects if the module traps. */
  run(): Promise<number> {
    const { failure, scheduler } = this.instance;
    return new Promise((resolve, reject) => {
      if (failure) throw failure;
      if (this.#settle) throw new RouseError('INVALID', 'a program runs once: load it again');
      this.#settle = (failed) => (failed ? reject(failed.error) : resolve(this.#exitCode!));
      this.#isRunning = true;
      scheduler.start();
      this.instance.enter(this.#start);
    });
  }

  /** A command (with `main`) runs to its end at once. A ROUSE_MAIN program continues in ticks, unless a constructor
      called exit. */
  readonly #start = () => {
    const { exports } = this;
    if (this.instance.kind === 'command') {
      exports._start();
      this.#exitCode ??= 0;
    } else if (this.#exitCode === undefined && !exports.rouse_main(...this.#arguments)) this.#exitCode ??= 1;
  };

  /** Cancels the program: its FINALLY blocks run, and `run` gives 130. Nothing before or after it. */
  cancel(): void {
    const { failure, inside } = this.instance;
    if (failure) throw failure;
    this.#wantsCancel = inside;
    if (this.#isRunning && !inside) this.instance.enter(() => this.exports.rouse_cancel());
  }

  /** What happened so far, also after a trap; undefined if the module was built without ROUSE_TRACE. */
  trace(): Trace | undefined {
    return this.#traceAt === undefined ? undefined : readTrace(this.exports.memory.buffer, this.#traceAt);
  }

  /** Every task, the line it is parked on and what it waits for; also after a trap. '' if the program
      does not run. */
  dump(): string {
    return this.#isRunning || this.instance.failure ? this.instance.dump() : '';
  }

  /** The module has returned: handles what happened meanwhile. */
  #left(): void {
    if (!this.#isRunning) return;
    if (this.#exitCode !== undefined) {
      this.#isRunning = false;
      this.instance.close();
      this.#settle!(this.#sinkError);
    } else if (this.#wantsCancel) this.cancel();
  }

  /** A trap rejects. An exit is noted, and ends the program once the module has returned. */
  #ended(error: RouseError | undefined, code: number): void {
    if (!error) {
      this.#exitCode ??= code;
      return;
    }
    this.#isRunning = false;
    this.#settle?.({ error });
  }
}
