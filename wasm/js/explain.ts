// explain.ts: why a module did not load, and what to do about it. Fetched when one did not: a page whose
// modules load never sees this file.
import { RouseError } from './errors.js';
import { camelCase } from './describe.js';
import { ABI_VERSION, WASI, linkOf, type Kind } from './link.js';
import { copyOf, isA } from './module.js';
import { decoder } from './text.js';

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

// ---- From a source to a module ---------------------------------------------------------------------

/** What `compile` was given, and how far it came: the bytes if it had any, and what it caught. */
export function notLoaded(source: any, bytes: unknown, error: any): RouseError {
  const where = source?.url || (isA(source, 'Response') ? 'the response' : addressOf(source));
  if (where instanceof RouseError) return where;
  if (isA(error, 'Response'))
    return new RouseError('NOT_WASM', `${where}: the server answered ${error.status}`);
  if (bytes === undefined && where !== 'the source') return notRead(where, error);
  if (!ArrayBuffer.isView(bytes) && !isA(bytes, 'ArrayBuffer') && !isA(bytes, 'SharedArrayBuffer'))
    return new RouseError('INVALID', 'a module is loaded from a URL, bytes, a Response or a Module');
  return notWasm(copyOf(bytes), where) ?? notCompiled(error, where);
}

function addressOf(source: any): string | RouseError {
  if (typeof source !== 'string' && !isA(source, 'URL')) return 'the source';
  try {
    return new URL(source, (globalThis as any).location?.href).href;
  } catch (error) {
    const cure = "give the bytes, or new URL('./file.wasm', import.meta.url)";
    const message = `${JSON.stringify(source)} is no address here: ${cure}`;
    return new RouseError('INVALID', message, { cause: error });
  }
}

function notRead(where: string, error: unknown): RouseError {
  if (/^file:/.test(where) && typeof document !== 'undefined')
    return new RouseError(
      'NOT_SUPPORTED',
      `${where}: a page of file: may not read files: serve the folder with a web server, or give the bytes`,
    );
  return new RouseError('NOT_WASM', `${where} cannot be read: ${messageOf(error)}`, { cause: error });
}

function whatItIs(bytes: Uint8Array): string {
  const start = decoder().decode(bytes.subarray(0, 200)).replace(/^\ufeff/, '').trimStart();
  if (bytes.length === 0) return 'empty';
  if (/^<[a-z!]/i.test(start))
    return 'an HTML page, not WebAssembly: is the address right, and does the server have the file?';
  if (startsWith(bytes, [0x1f, 0x8b]))
    return 'compressed: the server must say Content-Encoding: gzip';
  return `not WebAssembly: it begins with ${JSON.stringify(start.slice(0, 20))}`;
}

/** What an engine says about a page of HTML helps nobody. */
function notWasm(bytes: Uint8Array, where: string): RouseError | undefined {
  if (!startsWith(bytes, MAGIC)) return new RouseError('NOT_WASM', `${where} is ${whatItIs(bytes)}`);
  if (!startsWith(bytes.subarray(6), [1, 0])) return undefined;
  return new RouseError(
    'WRONG_HOST',
    `${where} is a WASI component: load the module that it was made from, linked with js_host.c`,
  );
}

const EMPTY = new Uint8Array([...MAGIC, 1, 0, 0, 0]);

/** Each engine has words of its own for a policy; but under one, not even an empty module compiles. */
export function notCompiled(error: unknown, where: string): RouseError {
  const reason = messageOf(error);
  try {
    new WebAssembly.Instance(new WebAssembly.Module(EMPTY));
  } catch {
    const cure = "add 'wasm-unsafe-eval' to script-src in the Content-Security-Policy";
    const message = `WebAssembly is blocked here: ${cure} (${reason})`;
    return new RouseError('NOT_SUPPORTED', message, { cause: error });
  }
  const message = `${where} is a damaged or unknown kind of module: ${reason}`;
  return new RouseError('NOT_WASM', message, { cause: error });
}

// ---- From a module to an instance ------------------------------------------------------------------

const JS_HOST = 'link wasm/js_host.c';
const cures: Record<string, string> = {
  memory: 'link it without --import-memory',
  rouse_abi: JS_HOST,
  rouse_tick: JS_HOST,
  rouse_cancel: JS_HOST,
  rouse_main: 'write ROUSE_MAIN(...) in one file, compiled with -DROUSE_JS',
};

/** `env` is what this host has under that name. */
export function notLinked(
  module: WebAssembly.Module,
  env: object,
  want: Kind | undefined,
  jumps: boolean,
  error: unknown,
): RouseError {
  const { asked, kind, missing, waits } = linkOf(module, want, jumps);
  if (waits)
    return new RouseError(
      'WRONG_HOST',
      'this module was linked for WASI (it imports poll_oneoff): run it with wasmtime, ' +
        'or compile it with -DROUSE_JS and link wasm/js_host.c in place of wasm/wasi_host.c, ' +
        'or run it at once on a clock that jumps: Program.load(module, { jumps: true })',
    );
  const unknown = asked.filter(
    ({ module, name, kind }) =>
      kind !== 'function' || !(module === WASI || (module === 'env' && Object.hasOwn(env, name))),
  );
  if (unknown.length > 0) return unknownImports(unknown);
  if (want === 'app' && kind === 'command')
    return new RouseError('INVALID', 'this module has `main`, and runs once: use Program.load');
  const [name] = missing;
  if (name)
    return new RouseError('MISSING_EXPORT', `the module does not export ${name}: ${cures[name]}`);
  // WebKit compiles under a policy that forbids it, and only then refuses.
  const blocked = notCompiled(error, 'the module');
  if (blocked.code === 'NOT_SUPPORTED') return blocked;
  const message = `the module cannot be instantiated: ${messageOf(error)}`;
  return new RouseError('INVALID', message, { cause: error });
}

function unknownImports(unknown: readonly WebAssembly.ModuleImportDescriptor[]): RouseError {
  const names = unknown.slice(0, 5).map(({ module, name }) => `${module}.${name}`);
  if (unknown.length > names.length) names.push(`and ${unknown.length - names.length} more`);
  return new RouseError('MISSING_IMPORT', `this host has no ${names.join(', ')}: ${cureFor(unknown)}`);
}

function cureFor(unknown: readonly WebAssembly.ModuleImportDescriptor[]): string {
  if (unknown.some(({ name }) => /^rouse_host_(settled|call)$/.test(name)))
    return 'it has ROUSE_EXPORT or ROUSE_IMPORT: use `load`';
  if (unknown.some(({ module, name }) => module === 'a' || /emscripten|syscall/.test(name)))
    return "it was linked for Emscripten's own JavaScript; link it with -sSTANDALONE_WASM";
  return 'define these in C, or link without leaving them open';
}

export const otherAbi = (abi: number): RouseError =>
  new RouseError(
    'ABI_MISMATCH',
    `the module has ABI version ${abi}, this package ${ABI_VERSION}: build both from one release`,
  );

// ---- The functions of an app -----------------------------------------------------------------------

export const reservedNames = (names: readonly string[]): RouseError =>
  new RouseError(
    'RESERVED_NAME',
    `the module exports ${names.join(', ')}, which means something else here: rename it in C`,
  );

export function missingImports(declared: readonly string[]): RouseError {
  const names = declared.map(camelCase).join(', ');
  const them = declared.length > 1 ? 'them' : 'it';
  return new RouseError(
    'MISSING_IMPORT',
    `the module calls ${names}: give ${them} to load as { imports: { ${names} } }`,
  );
}
