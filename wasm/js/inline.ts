// inline.ts: 'rouse/inline': the same names, with the built-in runtime and all parts inside of the
// JavaScript. It is ready at once, without a file to be found.
import { startNow } from './builtin.js';
import { byHand } from './by-hand.js';
import { RouseError } from './errors.js';
import * as explain from './explain.js';
import * as imports from './imports.js';
import * as more from './more.js';
import { bring } from './parts.js';
import base64 from './rouse.wasm.js'; // made by tools/builtin.mjs
import * as runtime from './runtime.js';
import { useByHand } from './text.js';
import * as trace from './trace.js';

export * from './index.js';

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function compile(bytes: BufferSource): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    throw new RouseError(...explain.notCompiled(error, 'the built-in runtime'), { cause: error });
  }
}

bring({ explain, imports, more, runtime, trace });
if (typeof TextDecoder === 'undefined') useByHand(byHand);
startNow(runtime.Runtime, compile(bytesOf(base64)));
