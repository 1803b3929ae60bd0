// link.ts: what a module was linked for, told from its imports and exports. Everything that is wrong
// with it is said here, with what to do, before anything in it runs.
import { RouseError } from './errors.js';

export const WASI = 'wasi_snapshot_preview1';
const ABI_VERSION = 1;

/** A command has `main` and runs to its end at once; a program has ROUSE_MAIN and goes on in turns;
    an app's functions are called. */
export type Kind = 'command' | 'program' | 'app';

const PROGRAM_EXPORTS: readonly [name: string, cure: string][] = [
  ['memory', 'link it without --import-memory'],
  ['rouse_abi', 'link wasm/js_host.c'],
  ['rouse_tick', 'link wasm/js_host.c'],
  ['rouse_cancel', 'link wasm/js_host.c'],
  ['rouse_main', 'write ROUSE_MAIN(...) in one file, compiled with -DROUSE_JS'],
];

function cureFor(unknown: readonly WebAssembly.ModuleImportDescriptor[]): string {
  if (unknown.some(({ name }) => /^rouse_host_(settled|call)$/.test(name)))
    return 'it has ROUSE_EXPORT or ROUSE_IMPORT: use `load`';
  if (unknown.some(({ module, name }) => module === 'a' || /emscripten|syscall/.test(name)))
    return "it was linked for Emscripten's own JavaScript; link it with -sSTANDALONE_WASM";
  return 'define these in C, or link without leaving them open';
}

function checkImports(imports: readonly WebAssembly.ModuleImportDescriptor[], env: object): void {
  const unknown = imports.filter(
    ({ module, name, kind }) =>
      kind !== 'function' || !(module === WASI || (module === 'env' && Object.hasOwn(env, name))),
  );
  if (unknown.length === 0) return;
  const names = unknown.slice(0, 5).map(({ module, name }) => `${module}.${name}`);
  if (unknown.length > names.length) names.push(`and ${unknown.length - names.length} more`);
  throw new RouseError('MISSING_IMPORT', `this host has no ${names.join(', ')}: ${cureFor(unknown)}`);
}

/** Told from the imports: a program for WASI waits in poll_oneoff, one for us calls rouse_host_*. */
function checkHost(
  imports: readonly WebAssembly.ModuleImportDescriptor[],
  exports: ReadonlySet<string>,
): void {
  const waits = imports.some(({ module, name }) => module === WASI && name === 'poll_oneoff');
  const ours = imports.some(({ module, name }) => module === 'env' && /^rouse_host_/.test(name));
  if (waits && !ours && !exports.has('rouse_abi'))
    throw new RouseError(
      'WRONG_HOST',
      'this module was linked for WASI (it imports poll_oneoff): run it with wasmtime, ' +
        'or compile it with -DROUSE_JS and link wasm/js_host.c in place of wasm/wasi_host.c, ' +
        'or run it at once on a clock that jumps: Program.load(module, { jumps: true })',
    );
}

/** `env` is what this host has under that name. `want`: what it is loaded as. */
export function checkLink(
  module: WebAssembly.Module,
  env: object,
  want?: Kind,
  jumps = false,
): Kind {
  const exports = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
  const imports = WebAssembly.Module.imports(module);
  if (!jumps) checkHost(imports, exports);
  checkImports(imports, env);
  const kind: Kind = exports.has('_start') ? 'command' : (want ?? 'program');
  if (want === 'app' && kind === 'command')
    throw new RouseError('INVALID', 'this module has `main`, and runs once: use Program.load');
  const counts = {
    command: imports.length > 0 ? 1 : 0, // one that asks us for nothing may hide its memory
    program: PROGRAM_EXPORTS.length,
    app: PROGRAM_EXPORTS.length - 1,
  };
  const wanted = PROGRAM_EXPORTS.slice(0, counts[kind]);
  for (const [name, cure] of wanted)
    if (!exports.has(name))
      throw new RouseError('MISSING_EXPORT', `the module does not export ${name}: ${cure}`);
  return kind;
}

export function checkAbi(exports: WebAssembly.Exports): void {
  const abi = (exports.rouse_abi as () => number)();
  if (abi !== ABI_VERSION)
    throw new RouseError(
      'ABI_MISMATCH',
      `the module has ABI version ${abi}, this package ${ABI_VERSION}: build both from one release`,
    );
}
