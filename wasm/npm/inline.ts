// inline.ts: 'rouse/inline': the same names, with the built-in runtime and all parts inside of the
// JavaScript. It is ready at once, without a file to be found.
import { startNow } from './native/builtin.js';
import { byHand } from './base/utf8.js';
import { RouseError } from './base/errors.js';
import * as explain from './host/explain.js';
import * as imports from './bridge/imports.js';
import * as more from './host/host-extras.js';
import { bring } from './parts.js';
import letters from './rouse.wasm.js'; // made by tools/builtin.mjs
import * as runtime from './native/runtime.js';
import { useByHand } from './base/text.js';
import * as trace from './trace/trace-ring.js';

export * from './index.js';

/** The letters are what tools/builtin.mjs says; worklets have no `atob`. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let before = 0;
  for (const letter of text) {
    const code = letter === '!' ? 92 : letter.charCodeAt(0);
    if (code > 124) before = 90 * (code - 124);
    else {
      bytes.push(before + code - 35);
      before = 0;
    }
  }
  return Uint8Array.from(bytes);
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
startNow(runtime.Runtime, compile(bytesOf(letters)));
