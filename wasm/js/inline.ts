// inline.ts: 'rouse/inline': the same names, with the built-in runtime inside of the JavaScript. It is
// ready at once, without a file to be found.
import { startNow } from './builtin.js';
import { notCompiled } from './explain.js';
import base64 from './rouse.wasm.js'; // made by tools/builtin.mjs

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
    throw notCompiled(error, 'the built-in runtime');
  }
}

startNow(compile(bytesOf(base64)));
