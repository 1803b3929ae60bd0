// wasm-url.ts: the file of the built-in runtime. It lies beside this file and beside the bundle that npm gets.
import { RouseError } from './base/errors.js';

/** Bundlers look for just this expression. */
export function wasmUrl(): URL {
  try {
    return new URL('./rouse.wasm', import.meta.url);
  } catch {
    throw new RouseError('NOT_SUPPORTED', "rouse.wasm cannot be found from a script: use 'rouse/inline'");
  }
}
