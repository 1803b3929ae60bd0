// module.ts: from whatever the user has (a URL, bytes, a Response, a Module) to a compiled module.
import { notCompiled } from './explain.js';

type Given = URL | string | Request | Response | BufferSource | WebAssembly.Module;
/** Where a module comes from. Strings are addresses; a Promise of any of these will do. */
export type Source = Given | Promise<Given>;

/** Node, Deno and Bun read files; a page cannot. The name is put together here, so that a bundler for pages does not
    look for it. */
async function readFile(url: string | URL): Promise<Uint8Array> {
  const name = ['node:fs', 'promises'].join('/');
  return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)).readFile(new URL(url));
}

/** Its properties show what the source is, not `instanceof`: frames and test runners have classes of their own. Any
    MIME type will do: many servers have none for .wasm. */
async function bytesOf(source: any): Promise<any> {
  const isAddress = typeof source === 'string' || source.href;
  if (isAddress && /^file:/.test(source) && typeof document === 'undefined') return readFile(source);
  if (isAddress || source.method) source = await fetch(source); // a request has a method
  if (source.ok === false) throw source;
  return source.arrayBuffer ? source.arrayBuffer() : source;
}

export async function compile(given: Source): Promise<WebAssembly.Module> {
  const source: any = await given;
  if (source?.[Symbol.toStringTag] === 'WebAssembly.Module') return source;
  let bytes: any;
  try {
    bytes = await bytesOf(source);
    // A copy: an engine takes no bytes that another thread may change.
    return await WebAssembly.compile(new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset, bytes.byteLength).slice());
  } catch (error) {
    throw notCompiled(source, bytes, error);
  }
}
