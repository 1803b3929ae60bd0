// link.ts: what a module was linked for, told from its imports and exports. What is wrong with it is
// said by explain.ts, before anything in it runs.
export const WASI = 'wasi_snapshot_preview1';
export const ABI_VERSION = 1;

/** A command has `main` and runs to its end at once; a program has ROUSE_MAIN and goes on in turns;
    an app's functions are called. */
export type Kind = 'command' | 'program' | 'app';

export const needed: Record<Kind, readonly string[]> = {
  command: ['memory'],
  app: ['memory', 'rouse_abi', 'rouse_tick'],
  program: ['memory', 'rouse_abi', 'rouse_tick', 'rouse_cancel', 'rouse_main'],
};

/** Both lists of a module, and what it is as it stands. */
export function linkOf(module: WebAssembly.Module, want?: Kind, jumps = false) {
  const { imports, exports } = WebAssembly.Module;
  const asked = imports(module);
  const names = exports(module).map(({ name }) => name);
  const kind: Kind = names.includes('_start') ? 'command' : (want ?? 'program');
  /** A program for WASI waits in poll_oneoff, one for us calls rouse_host_*. */
  const waits =
    !jumps &&
    asked.some(({ name }) => name === 'poll_oneoff') &&
    !names.includes('rouse_abi') &&
    !asked.some(({ name }) => /^rouse_host_/.test(name));
  // A command that asks us for nothing may hide its memory.
  const missing = asked.length || kind !== 'command' ? needed[kind].filter((name) => !names.includes(name)) : [];
  return { kind, asked, missing, fits: !waits && !missing.length && (want !== 'app' || kind === want), waits };
}
