// link.ts: what a module was linked for, told from its imports and exports before anything in it runs. What
// is wrong with it is said by explain.ts.
const ABI_VERSION = 1;

/** A command has `main` and runs to its end at once; a program has ROUSE_MAIN and goes on in turns;
    an app's functions are called. */
export type Kind = 'command' | 'program' | 'app';

/** @internal How a module is to run. */
export interface RunOptions {
  args?: readonly string[];
  want?: 'app';
  jumps?: boolean | undefined;
}

export interface Link extends RunOptions {
  kind: Kind;
  /** The names of what it imports, and of what it exports. */
  asked: readonly string[];
  given: readonly string[];
  /** What it should export. */
  missing: string | undefined;
  fits: boolean;
  /** Its version of the ABI, and the one that we know. */
  abi?: number;
  ours: number;
}

const needed = ['memory', 'rouse_abi', 'rouse_tick', 'rouse_cancel', 'rouse_main'];
const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name);

export function linkOf(module: WebAssembly.Module, run: RunOptions): Link {
  const asked = namesOf(WebAssembly.Module.imports(module));
  const given = namesOf(WebAssembly.Module.exports(module));
  const kind = given.includes('_start') ? 'command' : (run.want ?? 'program');
  // A command that asks us for nothing may hide its memory.
  const count = { command: asked.length && 1, app: 3, program: 5 }[kind];
  const missing = needed.slice(0, count).find((name) => !given.includes(name));
  return { ...run, kind, asked, given, missing, fits: !missing && kind === (run.want ?? kind), ours: ABI_VERSION };
}
