// module.ts: from whatever the user has (a URL, bytes, a Response, a Module) to a compiled module.
// The bytes are looked at first, for what an engine says about a page of HTML helps nobody.
//
// Kinds are told by their tags, not by instanceof: frames and test runners have classes of their own.
import { RouseError } from './errors.js';
import { decoder } from './text.js';

type Given = URL | string | Request | Response | BufferSource | WebAssembly.Module;
/** Where a module comes from. Strings are addresses; a Promise of any of these will do. */
export type Source = Given | Promise<Given>;

const MAGIC = [0x00, 0x61, 0x73, 0x6d];

function isA(value: unknown, tag: string): boolean {
  return Object.prototype.toString.call(value) === `[object ${tag}]`;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
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

function checkMagic(bytes: Uint8Array, where: string): void {
  if (!startsWith(bytes, MAGIC)) throw new RouseError('NOT_WASM', `${where} is ${whatItIs(bytes)}`);
  if (startsWith(bytes.subarray(6), [1, 0]))
    throw new RouseError(
      'WRONG_HOST',
      `${where} is a WASI component: load the module that it was made from, linked with js_host.c`,
    );
}

function toUrl(source: string | URL): URL {
  try {
    return new URL(source, (globalThis as any).location?.href);
  } catch (error) {
    throw new RouseError(
      'INVALID',
      `${JSON.stringify(source)} is no address here: give the bytes, ` +
        "or new URL('./file.wasm', import.meta.url)",
      { cause: error },
    );
  }
}

async function readBytes(url: URL): Promise<Uint8Array> {
  if (url.protocol !== 'file:') return responseBytes(await fetch(url), url.href);
  if (typeof document !== 'undefined')
    throw new RouseError(
      'NOT_SUPPORTED',
      `${url.href}: a page of file: may not read files: serve the folder with a web server, or give the bytes`,
    );
  const name = ['node:fs', 'promises'].join('/'); // a bundler for pages must not look for it
  const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  return readFile(url);
}

/** Any MIME type will do: many servers know none for .wasm. */
async function responseBytes(response: Response, where: string): Promise<Uint8Array> {
  if (!response.ok)
    throw new RouseError('NOT_WASM', `${where}: the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function fetched(where: string, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RouseError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RouseError('NOT_WASM', `${where} cannot be read: ${reason}`, { cause: error });
  }
}

/** Null if this is nothing that holds bytes. */
function inMemory(source: unknown): Uint8Array | null {
  if (ArrayBuffer.isView(source))
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (isA(source, 'ArrayBuffer') || isA(source, 'SharedArrayBuffer'))
    return new Uint8Array(source as ArrayBuffer);
  return null;
}

async function load(source: Given): Promise<[bytes: Uint8Array, where: string]> {
  const bytes = inMemory(source);
  if (bytes) return [bytes, 'the source'];
  if (isA(source, 'Response')) {
    const response = source as Response;
    const where = response.url || 'the response';
    return [await fetched(where, () => responseBytes(response, where)), where];
  }
  if (isA(source, 'Request')) {
    const { url } = source as Request;
    return [await fetched(url, async () => responseBytes(await fetch(source as Request), url)), url];
  }
  if (typeof source === 'string' || isA(source, 'URL')) {
    const url = toUrl(source as string | URL);
    return [await fetched(url.href, () => readBytes(url)), url.href];
  }
  throw new RouseError('INVALID', 'a module is loaded from a URL, bytes, a Response or a Module');
}

export async function compile(given: Source): Promise<WebAssembly.Module> {
  const source = await given;
  if (isA(source, 'WebAssembly.Module')) return source as WebAssembly.Module;
  const [bytes, where] = await load(source);
  checkMagic(bytes, where);
  // An engine takes no bytes that another thread may change under it.
  const own = isA(bytes.buffer, 'SharedArrayBuffer') ? bytes.slice() : bytes;
  try {
    return await WebAssembly.compile(own as BufferSource);
  } catch (error) {
    throw notCompiled(error, where);
  }
}

/** The same at once. */
export function compileNow(bytes: BufferSource): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    throw notCompiled(error, 'the built-in runtime');
  }
}

const EMPTY = new Uint8Array([...MAGIC, 1, 0, 0, 0]);

/** Each engine has words of its own for a policy; but under one, not even an empty module compiles. */
export function notCompiled(error: unknown, where: string): RouseError {
  const reason = error instanceof Error ? error.message : String(error);
  try {
    new WebAssembly.Instance(new WebAssembly.Module(EMPTY));
  } catch {
    const cure = "add 'wasm-unsafe-eval' to script-src in the Content-Security-Policy";
    return new RouseError('NOT_SUPPORTED', `WebAssembly is blocked here: ${cure} (${reason})`, { cause: error });
  }
  const message = `${where} is a damaged or unknown kind of module: ${reason}`;
  return new RouseError('NOT_WASM', message, { cause: error });
}
