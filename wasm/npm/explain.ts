// explain.ts: why a module did not load, and what to do about it. Fetched when one did not: a page whose
// modules load never sees this file.
import type { ErrorCode } from './errors.js';
import type { Link } from './link.js';

/** For a RouseError, which is made where this is asked for. */
export type Explanation = [code: ErrorCode, message: string];

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const isA = (value: unknown, ...tags: string[]): boolean =>
  tags.includes(Object.prototype.toString.call(value).slice(8, -1));
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

// ---- From a source to a module ---------------------------------------------------------------------

/** What `compile` was given, and how far it came: the bytes if it had any, and what it caught. */
export function notLoaded(source: any, bytes: unknown, error: any): Explanation {
  const where = source?.url || (isA(source, 'Response') ? 'the response' : addressOf(source));
  if (typeof where !== 'string') return where;
  if (isA(error, 'Response')) return ['NOT_WASM', `${where}: the server answered ${error.status}`];
  if (bytes === undefined && where !== 'the source') return notRead(where, error);
  if (!ArrayBuffer.isView(bytes) && !isA(bytes, 'ArrayBuffer', 'SharedArrayBuffer'))
    return ['INVALID', 'a module is loaded from a URL, bytes, a Response or a Module'];
  const { buffer, byteOffset, byteLength } = bytes as DataView;
  const start = new Uint8Array(buffer ?? bytes, byteOffset, byteLength).slice(0, 200);
  return notWasm(start, where) ?? notCompiled(error, where);
}

function addressOf(source: any): string | Explanation {
  if (typeof source !== 'string' && !isA(source, 'URL')) return 'the source';
  try {
    return new URL(source, (globalThis as any).location?.href).href;
  } catch {
    const cure = "give the bytes, or new URL('./file.wasm', import.meta.url)";
    return ['INVALID', `${JSON.stringify(source)} is no address here: ${cure}`];
  }
}

function notRead(where: string, error: unknown): Explanation {
  if (/^file:/.test(where) && typeof document !== 'undefined')
    return [
      'NOT_SUPPORTED',
      `${where}: a page of file: may not read files: serve the folder with a web server, or give the bytes`,
    ];
  return ['NOT_WASM', `${where} cannot be read: ${messageOf(error)}`];
}

function whatItIs(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart(); // no more than ASCII matters
  if (bytes.length === 0) return 'empty';
  if (/^<[a-z!]/i.test(start))
    return 'an HTML page, not WebAssembly: is the address right, and does the server have the file?';
  if (startsWith(bytes, [0x1f, 0x8b])) return 'compressed: the server must say Content-Encoding: gzip';
  return `not WebAssembly: it begins with ${JSON.stringify(start.slice(0, 20))}`;
}

/** What an engine says about a page of HTML helps nobody. */
function notWasm(bytes: Uint8Array, where: string): Explanation | undefined {
  if (!startsWith(bytes, MAGIC)) return ['NOT_WASM', `${where} is ${whatItIs(bytes)}`];
  if (!startsWith(bytes.subarray(6), [1, 0])) return undefined;
  return ['WRONG_HOST', `${where} is a WASI component: load the module that it was made from, linked with js_host.c`];
}

const EMPTY = new Uint8Array([...MAGIC, 1, 0, 0, 0]);

/** Each engine has words of its own for a policy; but under one, not even an empty module compiles. */
export function notCompiled(error: unknown, where: string): Explanation {
  const reason = messageOf(error);
  try {
    new WebAssembly.Instance(new WebAssembly.Module(EMPTY));
  } catch {
    const cure = "add 'wasm-unsafe-eval' to script-src in the Content-Security-Policy";
    return ['NOT_SUPPORTED', `WebAssembly is blocked here: ${cure} (${reason})`];
  }
  return ['NOT_WASM', `${where} is a damaged or unknown kind of module: ${reason}`];
}

// ---- From a module to an instance ------------------------------------------------------------------

const JS_HOST = 'link wasm/js/js_host.c';
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
  { kind, asked: names, given, missing, fits, jumps, abi, ours }: Link,
  error: unknown,
): Explanation {
  const isOurs = names.some((name) => name.startsWith('rouse_host_')) || given.includes('rouse_abi');
  if (names.includes('poll_oneoff') && !isOurs && !jumps)
    return [
      'WRONG_HOST',
      'this module was linked for WASI (it imports poll_oneoff): run it with wasmtime, ' +
        'or compile it with -DROUSE_JS and link wasm/js/js_host.c in place of wasm/wasi/wasi_host.c, ' +
        'or run it at once on a clock that jumps: Program.load(module, { jumps: true })',
    ];
  const asked = WebAssembly.Module.imports(module);
  const unknown = asked.filter(
    ({ module, name, kind }) =>
      kind !== 'function' || !(module === 'wasi_snapshot_preview1' || (module === 'env' && Object.hasOwn(env, name))),
  );
  if (unknown.length > 0) return unknownImports(unknown);
  if (!fits && kind === 'command' && !missing)
    return ['INVALID', 'this module has `main`, and runs once: use Program.load'];
  if (abi !== undefined)
    return ['ABI_MISMATCH', `the module has ABI version ${abi}, this package ${ours}: build both from one release`];
  if (missing) return ['MISSING_EXPORT', `the module does not export ${missing}: ${cures[missing]}`];
  // WebKit compiles under a policy that forbids it, and only then refuses.
  const blocked = notCompiled(error, 'the module');
  if (blocked[0] === 'NOT_SUPPORTED') return blocked;
  return ['INVALID', `the module cannot be instantiated: ${messageOf(error)}`];
}

function unknownImports(unknown: readonly WebAssembly.ModuleImportDescriptor[]): Explanation {
  const names = unknown.slice(0, 5).map(({ module, name }) => `${module}.${name}`);
  if (unknown.length > names.length) names.push(`and ${unknown.length - names.length} more`);
  return ['MISSING_IMPORT', `this host has no ${names.join(', ')}: ${cureFor(unknown)}`];
}

function cureFor(unknown: readonly WebAssembly.ModuleImportDescriptor[]): string {
  if (unknown.some(({ name }) => /^rouse_host_(settled|call)$/.test(name)))
    return 'it has ROUSE_EXPORT or ROUSE_IMPORT: use `load`';
  if (unknown.some(({ module, name }) => module === 'a' || /emscripten|syscall/.test(name)))
    return "it was linked for Emscripten's own JavaScript; link it with -sSTANDALONE_WASM";
  return 'define these in C, or link without leaving them open';
}

// ---- The functions of an app -----------------------------------------------------------------------

export const reservedNames = (names: readonly string[]): Explanation => [
  'RESERVED_NAME',
  `the module exports ${names.join(', ')}, which means something else here: rename it in C`,
];

export function missingImports(missing: readonly string[]): Explanation {
  const names = missing.join(', ');
  const them = missing.length > 1 ? 'them' : 'it';
  return ['MISSING_IMPORT', `the module calls ${names}: give ${them} to load as { imports: { ${names} } }`];
}
