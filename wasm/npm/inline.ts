// inline.ts: 'rouse/inline': the same names, with the built-in runtime inside of the JavaScript. It is ready at once,
// without a file to be found.
import { refused } from './host/explain.js';
import { startNow } from './native/runtime.js';
import letters from './rouse.wasm.js'; // made by tools/builtin.mjs

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
    throw refused(error, 'the built-in runtime');
  }
}

startNow(compile(bytesOf(letters)));
