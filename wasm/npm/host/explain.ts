// explain.ts: the errors for a module that does not load: what is wrong with it, and what to do.
import { RouseError, type ErrorCode } from '../base/errors.js';
import { ABI_VERSION, type Link } from './link.js';

const because = (code: ErrorCode, message: string, cause?: unknown) => new RouseError(code, message, { cause });

const isA = (value: unknown, ...tags: string[]): boolean =>
  tags.includes(Object.prototype.toString.call(value).slice(8, -1));
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

// ---- From a source to a module ---------------------------------------------------------------------

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte);

/** `source` is what `compile` was given, `bytes` what came of it if anything did, `error` what it caught. */
export function notCompiled(source: any, bytes: unknown, error: any): RouseError {
  const where = nameOf(source);
  if (where === undefined)
    return because(
      'INVALID',
      `${JSON.stringify(source)} is not an address here: give the bytes, or new URL('./file.wasm', import.meta.url)`,
    );
  if (isA(error, 'Response')) return because('NOT_WASM', `${where}: the server answered ${error.status}`);
  if (bytes === undefined && where !== 'the source') return notRead(where, error);
  if (!ArrayBuffer.isView(bytes) && !isA(bytes, 'ArrayBuffer', 'SharedArrayBuffer'))
    return because('INVALID', 'a module is loaded from a URL, bytes, a Response or a Module', error);
  const { buffer, byteOffset, byteLength } = bytes as DataView;
  const start = new Uint8Array(buffer ?? bytes, byteOffset, byteLength).slice(0, 200);
  return notWasm(start, where) ?? refused(error, where);
}

/** Undefined: a string that is not an address. */
function nameOf(source: any): string | undefined {
  if (source?.url) return source.url;
  if (isA(source, 'Response')) return 'the response';
  if (typeof source !== 'string' && !isA(source, 'URL')) return 'the source';
  try {
    return new URL(source, (globalThis as any).location?.href).href;
  } catch {
    return undefined;
  }
}

function notRead(where: string, error: unknown): RouseError {
  if (/^file:/.test(where) && typeof document !== 'undefined')
    return because(
      'NOT_SUPPORTED',
      `${where}: a page opened from file: cannot read files: serve the folder with a web server, or give the bytes`,
      error,
    );
  return because('NOT_WASM', `${where} cannot be read: ${messageOf(error)}`, error);
}

function whatItIs(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart(); // ASCII is all that matters here
  if (bytes.length === 0) return 'empty';
  if (/^<[a-z!]/i.test(start))
    return 'an HTML page, not WebAssembly: is the address right, and does the server have the file?';
  if (startsWith(bytes, [0x1f, 0x8b])) return 'compressed: the server must send Content-Encoding: gzip';
  return `not WebAssembly: it begins with ${JSON.stringify(start.slice(0, 20))}`;
}

/** The engine's message for an HTML page helps nobody, so the first bytes decide. */
function notWasm(bytes: Uint8Array, where: string): RouseError | undefined {
  if (!startsWith(bytes, MAGIC)) return because('NOT_WASM', `${where} is ${whatItIs(bytes)}`);
  if (!startsWith(bytes.subarray(6), [1, 0])) return undefined;
  const cure = 'load the module that it was made from, linked with js_host.c';
  return because('WRONG_HOST', `${where} is a WASI component: ${cure}`);
}

const EMPTY = new Uint8Array([...MAGIC, 1, 0, 0, 0]);

/** Each engine reports a policy in its own words. But under one, even an empty module does not compile. */
function blocked(error: unknown): RouseError | undefined {
  try {
    new WebAssembly.Instance(new WebAssembly.Module(EMPTY));
    return undefined;
  } catch {
    const cure = "add 'wasm-unsafe-eval' to script-src in the Content-Security-Policy";
    return because('NOT_SUPPORTED', `WebAssembly is blocked here: ${cure} (${messageOf(error)})`, error);
  }
}

/** The engine refused the bytes of a module. */
export const refused = (error: unknown, where: string): RouseError =>
  blocked(error) ?? because('NOT_WASM', `${where} is damaged, or of an unknown kind: ${messageOf(error)}`, error);

// ---- From a module to an instance ------------------------------------------------------------------

const JS_HOST = 'link wasm/js/js_host.c';
const cures: Record<string, string> = {
  memory: 'link it without --import-memory',
  rouse_abi: JS_HOST,
  rouse_tick: JS_HOST,
  rouse_cancel: JS_HOST,
  rouse_main: 'write ROUSE_MAIN(...) in one file, compiled with -DROUSE_JS',
};

/** `env` is what this host has under that name; `error` is the engine's. */
export function notLinked(module: WebAssembly.Module, env: object, link: Link, error: unknown): RouseError {
  const { missing, fits, waitsInWasi } = link;
  if (waitsInWasi)
    return because(
      'WRONG_HOST',
      'this module was linked for WASI (it imports poll_oneoff): run it with wasmtime, ' +
        'or compile it with -DROUSE_JS and link wasm/js/js_host.c in place of wasm/wasi/wasi_host.c, ' +
        'or run it at once on a clock that jumps: Program.load(module, { jumps: true })',
    );
  const unknown = WebAssembly.Module.imports(module).filter(
    ({ module, name, kind }) =>
      kind !== 'function' || !(module === 'wasi_snapshot_preview1' || (module === 'env' && Object.hasOwn(env, name))),
  );
  if (unknown.length > 0) return unknownImports(unknown, error);
  if (missing) return because('MISSING_EXPORT', `the module does not export ${missing}: ${cures[missing]}`);
  if (!fits) return because('INVALID', 'this module has `main`, and runs once: use Program.load');
  // WebKit compiles under a policy that forbids it, and refuses only now.
  return blocked(error) ?? because('INVALID', `the module cannot be instantiated: ${messageOf(error)}`, error);
}

export const otherAbi = (abi: number): RouseError =>
  because(
    'ABI_MISMATCH',
    `the module has ABI version ${abi}, this package ${ABI_VERSION}: build both from one release`,
  );

function unknownImports(unknown: readonly WebAssembly.ModuleImportDescriptor[], error: unknown): RouseError {
  const names = unknown.slice(0, 5).map(({ module, name }) => `${module}.${name}`);
  if (unknown.length > names.length) names.push(`and ${unknown.length - names.length} more`);
  return because('MISSING_IMPORT', `this host has no ${names.join(', ')}: ${cureFor(unknown)}`, error);
}

function cureFor(unknown: readonly WebAssembly.ModuleImportDescriptor[]): string {
  if (unknown.some(({ name }) => /^rouse_host_(settled|call)$/.test(name)))
    return 'it has ROUSE_EXPORT or ROUSE_IMPORT: use `load`';
  if (unknown.some(({ module, name }) => module === 'a' || /emscripten|syscall/.test(name)))
    return "it was linked for Emscripten's own JavaScript; link it with -sSTANDALONE_WASM";
  return 'define these in C, or link so that none is left open';
}
