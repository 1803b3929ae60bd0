// app.ts: a module whose C functions are called from JavaScript: `load` makes it.
import { Call } from './call.js';
import { camelCase, describe } from './describe.js';
import { RouseError } from '../base/errors.js';
import type { Future } from '../future/future.js';
import * as devtools from './devtools.js';
import { Machine, type MachineOptions } from './machine.js';
import { compile, type Source } from '../host/module.js';
import { Task, type SpawnOptions } from '../future/task.js';
import { check } from './values.js';

/** A C function: calling it makes a lazy future; nothing runs. */
export type ExportedFunction = (...args: any[]) => Call<any>;
export type Functions = Record<string, (...args: any[]) => Future<any>>;
/** A loaded module: its exported functions in camelCase, with `spawn`, `dump`, `drop` and `exports`. */
export type App<F = Record<string, ExportedFunction>> = AppBase<F> & F;
/** What `load` takes besides the module: `imports` for what C calls, sinks for what it prints. */
export interface AppOptions extends MachineOptions {
  /** Shows what the app does in the browser's DevTools: tracks in the Performance panel, and stacks that
      go from JavaScript through C to JavaScript. See docs/javascript.md. */
  devtools?: boolean;
}

class AppBase<F> {
  /** Every exported function, by its name in C and in camelCase. */
  readonly exports: F;
  #machine: Machine;
  #wantsDrop = false;
  #isDropped = false;

  /** @internal */
  constructor(options: AppOptions) {
    this.exports = Object.create(null);
    this.#machine = new Machine(
      {
        left: () => {
          if (this.#wantsDrop) this.drop();
        },
        ended: (failure, code) => {
          const why = failure ?? new RouseError('EXITED', `the module called exit(${code})`);
          if (!failure) this.#machine.instance.end(why);
        },
        sinkFailed: (error) => void Promise.reject(error), // nobody asked: it is the platform's to report
      },
      options,
    );
  }

  /** @internal */
  static async load(source: Source, options: AppOptions): Promise<AppBase<any>> {
    const module = await compile(source);
    const watched = options.devtools ? devtools : undefined;
    const imports = watched?.watchImports(options.imports) ?? options.imports;
    const app = new AppBase<any>({ ...options, imports });
    const machine = app.#machine;
    watched?.watchTurns(machine.instance);
    await machine.instantiate(module, {}, { args: ['app'], want: 'app' });
    const refused = app.#addFunctions(watched?.watchCall).join(', ');
    if (refused)
      throw new RouseError('RESERVED_NAME', `the module exports ${refused}, a name that is taken here: rename it in C`);
    machine.instance.scheduler.start();
    return app;
  }

  /** Gives the names that it must not take. */
  #addFunctions(watch?: typeof devtools.watchCall): string[] {
    const machine = this.#machine;
    const refused: string[] = [];
    for (const key of Object.keys(machine.exports)) {
      const name = /^rouse_export_(.*)$/.exec(key)?.[1];
      if (name === undefined) continue;
      const at = machine.instance.enter(() => machine.exports[key]()) as number;
      const called = makeFunction(machine, at, watch);
      for (const alias of new Set([name, camelCase(name)])) {
        (this.exports as any)[alias] = called;
        if (isReserved(alias)) refused.push(alias);
        else Object.defineProperty(this, alias, { value: called, enumerable: true });
      }
    }
    return refused;
  }

  /** Runs a future at once, whether or not anybody awaits it. */
  spawn<T>(future: Future<T>, options: SpawnOptions = {}): Task<T> {
    return new Task(future, options);
  }

  /** Every task and the chain of what it waits for, as text; also after a trap. */
  dump(): string {
    return this.#machine.instance.dump();
  }

  /** Ends it: every call is cancelled, and later ones fail. */
  drop(): void {
    const { instance, exports } = this.#machine;
    if (this.#isDropped || instance.failure) return;
    this.#wantsDrop = instance.inside; // C that runs is left first
    if (this.#wantsDrop) return;
    this.#isDropped = true;
    instance.enter(() => exports.rouse_js_close?.());
    instance.end(new RouseError('CLOSED', 'the app was dropped'));
  }

  /** In Node a timer of the app's keeps the process alive, as any timer does; not after `unref`. */
  ref(): this {
    this.#machine.instance.scheduler.ref(true);
    return this;
  }
  unref(): this {
    this.#machine.instance.scheduler.ref(false);
    return this;
  }

  /** @internal Of a traced module: its memory, and where the trace lies. For `rouse/trace`. */
  get [Symbol.for('rouse.trace')](): [ArrayBufferLike, number] | undefined {
    const { memory, rouse_trace } = this.#machine.exports;
    return rouse_trace && [memory.buffer, rouse_trace()];
  }

  /** @internal How much is in use: for tests of leaks. */
  get inUse(): Record<string, number> {
    const { calls, handles, imports, thrown, instance } = this.#machine;
    return {
      calls: calls.size,
      handles: handles.size,
      imports: imports?.pending ?? 0,
      owned: imports?.owned ?? 0,
      thrown: thrown.size,
      pages: instance.exports.memory.buffer.byteLength / 65536,
    };
  }
}

function makeFunction(
  machine: Machine,
  at: number,
  watch: typeof devtools.watchCall = (call) => call,
): ExportedFunction {
  const description = describe(machine.memory, at);
  const { name, parameters } = description;
  const jsName = camelCase(name);
  const called = (...args: unknown[]) => {
    if (args.length !== parameters.length)
      throw new TypeError(`${name} takes ${counted(parameters.length)}, not ${args.length}`);
    for (let i = 0; i < args.length; i++) check(name, parameters[i]!, args[i]);
    return watch(new Call(machine, description, args), jsName);
  };
  Object.defineProperties(called, {
    name: { value: jsName },
    length: { value: parameters.length },
  });
  return called;
}

const counted = (n: number) => (n === 1 ? '1 argument' : `${n} arguments`);

/** What an app, a promise or an object has. */
function isReserved(name: string): boolean {
  return name in AppBase.prototype || /^(exports|then|catch|finally|run|trace)$/.test(name);
}

/** Loads a module linked for the JavaScript host, made by any toolchain. */
export async function load<F = Record<string, ExportedFunction>>(
  source: Source,
  options: AppOptions = {},
): Promise<App<F>> {
  return (await AppBase.load(source, options)) as App<F>;
}
