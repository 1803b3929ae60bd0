// arguments.ts: argc and argv of a program, and what they point to.
import { RouseError } from '../base/errors.js';
import { encode } from '../base/text.js';
import type { Exports } from './instance.js';

const PAGE = 65536;
const MOST_STACK = 16384; // bytes of arguments that a stack has room for

/** Memory that the module allocates if it can; else new pages, behind all that it has. Emscripten's malloc takes new
    pages for its own, and its memory may not grow at all. But its modules export a way to take memory from the stack,
    which lasts until it is given back. */
function memoryFor(size: number, exports: Exports): number {
  const { memory, rouse_allocate, stackAlloc, _emscripten_stack_alloc } = exports;
  const takeStack = size <= MOST_STACK ? (stackAlloc ?? _emscripten_stack_alloc) : undefined;
  const allocate = rouse_allocate ?? takeStack;
  try {
    return allocate ? allocate(size) >>> 0 : memory.grow(Math.ceil(size / PAGE)) * PAGE;
  } catch {
    return 0;
  }
}

export function placeArguments(args: readonly string[], exports: Exports): [argc: number, argv: number] {
  const texts = args.map((arg) => encode(`${arg}\0`));
  const table = 4 * (texts.length + 1);
  const start = memoryFor(
    texts.reduce((sum, text) => sum + text.length, table),
    exports,
  );
  if (start === 0)
    throw new RouseError(
      'INVALID',
      'no memory for the arguments: link with a greater maximum, or -sALLOW_MEMORY_GROWTH',
    );
  const bytes = new Uint8Array(exports.memory.buffer);
  const view = new DataView(exports.memory.buffer);
  bytes.fill(0, start, start + table);
  let at = start + table;
  texts.forEach((text, i) => {
    view.setUint32(start + 4 * i, at, true);
    bytes.set(text, at);
    at += text.length;
  });
  return [texts.length, start];
}
