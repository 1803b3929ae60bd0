// module.ts: from whatever the user has (a URL, bytes, a Response, a Module) to a compiled module.
// What goes wrong is explained by explain.ts, which is fetched only then.
//
// Kinds are told by their tags, not by instanceof: frames and test runners have classes of their own.
import { RouseError } from './errors.js';

type Given = URL | string | Request | Response | BufferSource | WebAssembly.Module;
/** Where a module comes from. Strings are addresses; a Promise of any of these will do. */
export type Source = Given | Promise<Given>;

/** @internal */
export const isA = (value: unknown, tag: string): boolean =>
  Object.prototype.toString.call(value) === `[object ${tag}]`;

/** @internal The error that says what is wrong with a module, and what to do. */
export async function explained(
  error: unknown,
  explain: (explanations: typeof import('./explain.js')) => RouseError,
): Promise<RouseError> {
  if (error instanceof RouseError) return error;
  try {
    return explain(await import('./explain.js'));
  } catch {
    // where nothing can be imported any more (worklets): what the engine said
    return new RouseError('NOT_WASM', `the module does not load: ${error}`, { cause: error });
  }
}

async function readFile(url: URL): Promise<Uint8Array> {
  const name = ['node:fs', 'promises'].join('/'); // a bundler for pages must not look for it
  return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)).readFile(url);
}

/** Any MIME type will do: many servers know none for .wasm. */
async function bytesOf(source: any): Promise<any> {
  if (typeof source === 'string' || isA(source, 'URL')) {
    const url = new URL(source, (globalThis as any).location?.href);
    if (url.protocol === 'file:' && typeof document === 'undefined') return readFile(url);
    source = await fetch(url);
  } else if (isA(source, 'Request')) source = await fetch(source);
  if (!isA(source, 'Response')) return source;
  if (!source.ok) throw source;
  return source.arrayBuffer();
}

export async function compile(given: Source): Promise<WebAssembly.Module> {
  const source: any = await given;
  if (isA(source, 'WebAssembly.Module')) return source;
  let bytes: any;
  try {
    bytes = await bytesOf(source);
    // An engine takes no bytes that another thread may change under it.
    return await WebAssembly.compile(copyOf(bytes));
  } catch (error) {
    throw await explained(error, ({ notLoaded }) => notLoaded(source, bytes, error));
  }
}

/** @internal Of a buffer or a view. */
export const copyOf = (bytes: any): Uint8Array<ArrayBuffer> =>
  new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset, bytes.byteLength).slice();
