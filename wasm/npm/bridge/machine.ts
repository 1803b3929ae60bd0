// machine.ts: an instance whose C calls JavaScript and is called by it: what App and Program share
// beyond instance.ts. The C halves are wasm/js/js_call.c and wasm/js/js_import.c.
import { C } from '../base/c-layout.js';
import { EarlyRejections } from './early-rejections.js';
import { RouseError, failure, type FutureFrame } from '../base/errors.js';
import { Imports, type ImportTable } from './imports.js';
import { Instance, type InstanceOptions, type Owner } from '../host/instance.js';
import type { RunOptions } from '../host/link.js';
import type { Call } from './call.js';
import { Memory } from '../base/memory.js';
import { Slots } from '../base/slots.js';
import { THROWN } from '../base/status.js';
import { Thrown } from './thrown.js';

export interface MachineOptions extends InstanceOptions {
  /** The functions of ROUSE_IMPORT, by their names in C or in camelCase. */
  imports?: ImportTable;
}

/** Also a module that only declares imports: the missing ones are reported. */
function callsJavaScript(module: WebAssembly.Module): boolean {
  const { imports, exports } = WebAssembly.Module;
  const calls = /^rouse_(import_|host_(call|handle|reason)$)/;
  return [...imports(module), ...exports(module)].some(({ name }) => calls.test(name));
}

/** @internal */
export class Machine {
  readonly instance: Instance;
  memory!: Memory;
  readonly handles: Slots<unknown> = new Slots();
  readonly thrown = new Thrown();
  readonly calls = new Slots<Call<any>>();
  readonly early = new EarlyRejections();
  /** Where C calls JavaScript. */
  imports?: Imports;
  readonly #table: ImportTable;

  constructor(owner: Omit<Owner, 'turn'>, options: MachineOptions) {
    this.#table = options.imports ?? {};
    const turn = () => this.#turn();
    const ended: Owner['ended'] = (why, code) => {
      owner.ended(why, code);
      this.#ended(why, code);
    };
    this.instance = new Instance({ ...owner, turn, ended }, options);
    this.instance.scheduler.hopping = () => this.early.hop();
  }

  get exports() {
    return this.instance.exports;
  }

  async instantiate(
    module: WebAssembly.Module,
    own: Record<string, (...args: any[]) => unknown>,
    run: RunOptions,
  ): Promise<void> {
    if (callsJavaScript(module)) this.imports = new Imports(this, this.#table);
    const env = {
      ...this.imports?.env(),
      rouse_host_settled: (id: number, status: number, error: number) => this.calls.get(id)?.settled(status, error),
      rouse_host_item: (id: number) => (this.calls.get(id)?.item() ? 1 : 0),
      ...own,
    };
    this.memory = new Memory({ get: () => this.exports.memory });
    await this.instance.instantiate(module, env, run);
    if (this.instance.kind !== 'command') this.imports?.check();
  }

  /** One turn: first what JavaScript has finished. */
  #turn(): void {
    this.imports?.flush();
    const left = this.exports.rouse_tick() as number;
    if (!(left & C.TICK_MORE)) this.early.polled();
    if (left & C.TICK_IDLE) this.#idle();
  }

  /** No task is left, so C holds no status and no result of ours. */
  #idle(): void {
    this.thrown.clear();
    this.early.idle();
    this.imports?.releaseAll();
  }

  /** The error for a status; `chain` is a struct rouse_error or 0. */
  error(status: number, chain: number): unknown {
    if (status <= THROWN && this.thrown.has(status)) return this.thrown.get(status);
    if (!chain) return failure(status);
    const { memory } = this;
    const count = Math.min(memory.word(chain + C.ERROR_COUNT), C.ERROR_FRAMES_MOST);
    const frames: FutureFrame[] = [];
    for (let i = 0, at = chain + C.ERROR_FRAMES; i < count; i++, at += C.FRAME_BYTES)
      frames.push({
        function: memory.string(memory.word(at + C.FRAME_FUNCTION)),
        file: memory.string(memory.word(at + C.FRAME_FILE)),
        line: memory.word(at + C.FRAME_LINE),
      });
    return failure(status, memory.string(chain + C.ERROR_MESSAGE), frames);
  }

  /** Ends everything that waits. */
  #ended(why: RouseError | undefined, code: number): void {
    const reason = why ?? new RouseError('EXITED', `the module called exit(${code})`);
    for (const call of this.calls.drain()) call.lost(reason);
    this.imports?.close(reason);
    this.thrown.clear();
    this.handles.drain();
    this.early.idle();
  }
}
