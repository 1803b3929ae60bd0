// describe.ts: reads what ROUSE_EXPORT and ROUSE_IMPORT say about their functions
// (struct rouse_i_js_function in runtime/include/rouse/private/js.h).
import { C } from '../base/c-layout.js';
import { RouseError } from '../base/errors.js';
import type { Memory } from '../base/memory.js';

export type Kind = 'i32' | 'i64' | 'f64' | 'bool' | 'string' | 'bytes' | 'value' | 'text';
const KINDS: readonly Kind[] = ['i32', 'i64', 'f64', 'bool', 'string', 'bytes', 'value', 'text'];

export interface Field {
  name: string;
  kind: Kind;
  offset: number;
}

/** Its value lies elsewhere: C gets the address of a copy. */
export const isBlob = ({ kind }: Field) => kind === 'string' || kind === 'bytes' || kind === 'text';

export interface Description {
  /** Its address, by which C names it. */
  at: number;
  name: string;
  /** The bytes of the function's own struct. */
  size: number;
  parameters: Field[];
  out?: Field;
  /** Strings or bytes are among them. */
  hasBlobs: boolean;
}

const MOST_FIELDS = 64; // far more than ROUSE_EXPORT takes

export function describe(memory: Memory, at: number): Description {
  const frame = memory.word(at + C.FUNCTION_FRAME) || at;
  const found: Description = {
    at,
    name: memory.string(memory.word(at + C.TYPE_NAME)),
    size: memory.word(frame + C.TYPE_SIZE),
    parameters: [],
    hasBlobs: false,
  };
  const count = memory.word(at + C.FUNCTION_FIELD_COUNT);
  if (count > MOST_FIELDS)
    throw new RouseError('NOT_WASM', `${found.name} claims ${count} fields: no compiler made that`);
  for (let i = 0, row = memory.word(at + C.FUNCTION_FIELDS); i < count; i++, row += C.FIELD_BYTES) {
    const code = memory.word(row + C.FIELD_KIND);
    const field: Field = {
      name: memory.string(memory.word(row + C.FIELD_NAME)),
      kind: KINDS[(code % C.FIELD_OUT) - 1]!,
      offset: memory.word(row + C.FIELD_OFFSET),
    };
    if (code > C.FIELD_OUT) found.out = field;
    else {
      found.parameters.push(field);
      found.hasBlobs ||= isBlob(field);
    }
  }
  return found;
}

/** `fetch_text` is `fetchText` in JavaScript. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
