// results.ts: what JavaScript functions give, for the C that called them.
import type { Field } from './describe.js';
import type { Memory } from '../base/memory.js';
import type { Tools } from '../tools.js';
import type { Handles } from './values.js';

/** Writes a result of JavaScript's to the `out` of the struct at `base`. Gives what has to be given
    back later: a block of memory or a handle. */
export function putResult(
  { blobOf, isBlob, put, putBlob }: Tools,
  memory: Memory,
  base: number,
  field: Field,
  value: unknown,
  handles: Handles,
  allocate: (size: number) => number,
): { block?: number; handle?: number } {
  const at = base + field.offset;
  if (isBlob(field)) {
    const blob = blobOf(field.kind, value);
    const block = allocate(blob.length);
    putBlob(memory, at, field.kind, blob, block);
    return { block };
  }
  put(memory, at, field.kind, value, handles);
  return field.kind === 'value' ? { handle: memory.word(at) } : {};
}
