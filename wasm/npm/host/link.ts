// link.ts: what a module was linked for. Its imports and exports show it before anything in it runs. explain.ts says
// what is wrong with one that does not fit.
export const ABI_VERSION = 1;

/** A command has `main` and runs to its end at once; a program has ROUSE_MAIN and continues in turns; an app's
    functions are called. */
export type Kind = 'command' | 'program' | 'app';

/** @internal How a module is to run. */
export interface RunOptions {
  args?: readonly string[];
  want?: 'app';
  jumps?: boolean | undefined;
}

export interface Link extends RunOptions {
  kind: Kind;
  /** The names of its imports, and of its exports. */
  asked: readonly string[];
  given: readonly string[];
  /** The first export that it should have and has not. */
  missing: string | undefined;
  /** It was linked for WASI: it would wait in poll_oneoff, and its clock does not jump. */
  waitsInWasi: boolean;
  fits: boolean;
}

const needed = ['memory', 'rouse_abi', 'rouse_tick', 'rouse_cancel', 'rouse_main'];
const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name);

export function linkOf(module: WebAssembly.Module, run: RunOptions): Link {
  const asked = namesOf(WebAssembly.Module.imports(module));
  const given = namesOf(WebAssembly.Module.exports(module));
  const kind = given.includes('_start') ? 'command' : (run.want ?? 'program');
  // A command that imports nothing may hide its memory.
  const count = { command: asked.length && 1, app: 3, program: 5 }[kind];
  const missing = needed.slice(0, count).find((name) => !given.includes(name));
  const isOurs = given.includes('rouse_abi') || asked.some((name) => name.startsWith('rouse_host_'));
  const waitsInWasi = asked.includes('poll_oneoff') && !isOurs && !run.jumps;
  const fits = !missing && !waitsInWasi && kind === (run.want ?? kind);
  return { ...run, kind, asked, given, missing, waitsInWasi, fits };
}
