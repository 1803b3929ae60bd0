// module.ts: from whatever the user has (a URL, bytes, a Response, a Module) to a compiled module that
// is known to be ours. Everything that is wrong with it is said here, before anything runs.
import { RouseError } from './errors.js';

export type Source =
  | URL
  | string
  | Response
  | BufferSource
  | WebAssembly.Module
  | Promise<URL | string | Response | BufferSource | WebAssembly.Module>;

const ABI_VERSION = 1;
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

function checkMagic(bytes: Uint8Array, where: string): void {
  if (MAGIC.every((byte, i) => bytes[i] === byte)) return;
  const start = new TextDecoder().decode(bytes.subarray(0, 60)).trimStart();
  const what = /^<(!|html)/i.test(start)
    ? 'an HTML page (is the address right, and does the server send the file?)'
    : `no WebAssembly: it begins with ${JSON.stringify(start.slice(0, 20))}`;
  throw new RouseError('NOT_WASM', `${where} is ${what}`);
}

async function fetchBytes(url: URL): Promise<Uint8Array> {
  if (url.protocol === 'file:') {
    const { readFile } = await import(/* @vite-ignore */ 'node:fs/promises' as string);
    return readFile(url);
  }
  return responseBytes(await fetch(url));
}

async function responseBytes(response: Response): Promise<Uint8Array> {
  if (!response.ok)
    throw new RouseError('NOT_WASM', `${response.url}: the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function toBytes(source: BufferSource): Uint8Array {
  if (ArrayBuffer.isView(source))
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return new Uint8Array(source);
}

export async function compile(given: Source): Promise<WebAssembly.Module> {
  const source = await given;
  if (source instanceof WebAssembly.Module) return source;
  let bytes: Uint8Array;
  let where = 'the source';
  if (typeof source === 'string' || source instanceof URL) {
    where = String(source);
    const base = (globalThis as any).location?.href;
    bytes = await fetchBytes(new URL(source, base));
  } else if (typeof Response !== 'undefined' && source instanceof Response) {
    where = source.url || where;
    bytes = await responseBytes(source);
  } else if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    bytes = toBytes(source);
  } else {
    throw new RouseError('INVALID', 'a module is loaded from a URL, bytes, a Response or a Module');
  }
  checkMagic(bytes, where);
  return WebAssembly.compile(bytes as BufferSource);
}

/** What a module exports tells which host it was linked for. */
export function checkHost(module: WebAssembly.Module): void {
  const names = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
  if (names.has('rouse_abi') || !names.has('_start')) return;
  const imports = WebAssembly.Module.imports(module);
  if (imports.some(({ name }) => name === 'poll_oneoff'))
    throw new RouseError(
      'WRONG_HOST',
      'this module was linked for WASI: run it with wasmtime, or link it with js_host.c',
    );
}

export function checkExports(exports: WebAssembly.Exports, wanted: readonly string[]): void {
  for (const name of wanted)
    if (!(name in exports))
      throw new RouseError('MISSING_EXPORT', `the module does not export ${name}: link js_host.c`);
  const abi = (exports.rouse_abi as () => number)();
  if (abi !== ABI_VERSION)
    throw new RouseError(
      'ABI_MISMATCH',
      `the module has ABI version ${abi}, this package ${ABI_VERSION}: build both from one release`,
    );
}
