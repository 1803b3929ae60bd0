// module.ts: from whatever the user has (a URL, bytes, a Response, a Module) to a compiled module.
// What goes wrong is explained by explain.ts, which is fetched only then.
import { RouseError } from '../base/errors.js';
import type { Explanation } from './explain.js';
import { more, part } from '../parts.js';
import { prepareText } from '../base/text.js';

type Given = URL | string | Request | Response | BufferSource | WebAssembly.Module;
/** Where a module comes from. Strings are addresses; a Promise of any of these will do. */
export type Source = Given | Promise<Given>;

/** @internal The error that says what is wrong with a module, and what to do; in brief where that cannot be
    fetched. */
export async function explained(
  error: unknown,
  explain: (explanations: typeof import('./explain.js')) => Explanation,
  brief: any = error,
): Promise<RouseError> {
  if (error instanceof RouseError) return error;
  let told: Explanation;
  try {
    told = explain(await part('explain', () => import('./explain.js')));
  } catch {
    told = ['INVALID', `the module does not load: ${brief?.message ?? brief}`];
  }
  return new RouseError(...told, { cause: error });
}

/** What is given is told by what it has, not by instanceof: frames and test runners have classes of their
    own. Any MIME type will do: many servers know none for .wasm. */
async function bytesOf(source: any): Promise<any> {
  const isAddress = typeof source === 'string' || source.href;
  if (isAddress && /^file:/.test(source) && typeof document === 'undefined') return (await more()).readFile(source);
  if (isAddress || source.method) source = await fetch(source); // a request has a method
  if (source.ok === false) throw source;
  return source.arrayBuffer ? source.arrayBuffer() : source;
}

export async function compile(given: Source): Promise<WebAssembly.Module> {
  const source: any = await given;
  await prepareText();
  if (source?.[Symbol.toStringTag] === 'WebAssembly.Module') return source;
  let bytes: any;
  try {
    bytes = await bytesOf(source);
    // An engine takes no bytes that another thread may change under it: a copy.
    return await WebAssembly.compile(new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset, bytes.byteLength).slice());
  } catch (error) {
    throw await explained(error, ({ notLoaded }) => notLoaded(source, bytes, error));
  }
}
