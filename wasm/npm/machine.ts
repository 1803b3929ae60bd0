// machine.ts: an instance whose C calls JavaScript and is called by it: what App and Program share
// beyond instance.ts. The C halves are wasm/js/js_call.c and wasm/js/js_import.c.
import { RouseError, failure, type FutureFrame } from './errors.js';
import type { Imports, ImportTable } from './imports.js';
import { Instance, type InstanceOptions, type Owner } from './instance.js';
import type { RunOptions } from './link.js';
import type { Call } from './call.js';
import { Memory } from './memory.js';
import { part } from './parts.js';
import { Slots } from './slots.js';
import { THROWN } from './status.js';
import { Thrown } from './thrown.js';
import { tools } from './tools.js';

const IDLE = 2; // of what rouse_tick gives
const FRAMES = 16; // ROUSE_ERROR_FRAMES

export interface MachineOptions extends InstanceOptions {
  /** The functions of ROUSE_IMPORT, by their names in C or in camelCase. */
  imports?: ImportTable;
}

export const fetchImports = () => part('imports', () => import('./imports.js'));

/** Or declares that it would: what it is not given is named. */
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
  }

  get exports() {
    return this.instance.exports;
  }

  async instantiate(
    module: WebAssembly.Module,
    own: Record<string, (...args: any[]) => unknown>,
    run: RunOptions,
  ): Promise<void> {
    if (callsJavaScript(module)) {
      const { Imports } = await fetchImports();
      this.imports = new Imports(this, this.#table, tools);
    }
    const env = {
      ...this.imports?.env(),
      rouse_host_settled: (id: number, status: number, error: number) => this.calls.get(id)?.settled(status, error),
      rouse_host_item: (id: number) => (this.calls.get(id)?.item() ? 1 : 0),
      ...own,
    };
    this.memory = new Memory({ get: () => this.exports.memory });
    await this.instance.instantiate(module, env, run);
    if (this.instance.kind !== 'command') await this.imports?.check();
  }

  /** One turn: first what JavaScript has finished. */
  #turn(): void {
    this.imports?.flush();
    if (this.exports.rouse_tick() & IDLE) this.#idle();
  }

  /** No task is left: nobody in C has a status or a result of ours any more. */
  #idle(): void {
    this.thrown.clear();
    this.imports?.releaseAll();
  }

  /** The error for a status; `chain` is a struct rouse_error or 0. */
  error(status: number, chain: number): unknown {
    if (status <= THROWN && this.thrown.has(status)) return this.thrown.get(status);
    if (!chain) return failure(status);
    const { memory } = this;
    const count = Math.min(memory.word(chain + 4), FRAMES);
    const frames: FutureFrame[] = [];
    for (let i = 0, at = chain + 8; i < count; i++, at += 12)
      frames.push({
        function: memory.string(memory.word(at)),
        file: memory.string(memory.word(at + 4)),
        line: memory.word(at + 8),
      });
    return failure(status, memory.string(chain + 8 + 12 * FRAMES), frames);
  }

  /** Everything that waits is told. */
  #ended(why: RouseError | undefined, code: number): void {
    const reason = why ?? new RouseError('EXITED', `the module called exit(${code})`);
    for (const call of this.calls.drain()) call.lost(reason);
    this.imports?.close(reason);
  }
}
