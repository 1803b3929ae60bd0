// describe.ts: reads what ROUSE_EXPORT and ROUSE_IMPORT say about their functions
// (struct rouse_i_js_function in runtime/include/rouse/private/js.h).
import type { Memory } from './memory.js';

export type Kind = 'i32' | 'i64' | 'f64' | 'bool' | 'string' | 'bytes' | 'value' | 'text';
const KINDS: readonly Kind[] = ['i32', 'i64', 'f64', 'bool', 'string', 'bytes', 'value', 'text'];
const OUT = 16;

export interface Field {
  name: string;
  kind: Kind;
  offset: number;
}

/** Of what lies elsewhere: C gets the address of a copy. */
export const isBlob = ({ kind }: Field) => kind === 'string' || kind === 'bytes' || kind === 'text';

export interface Description {
  /** Where it lies: C names functions so. */
  at: number;
  name: string;
  /** The bytes of the function's own struct. */
  size: number;
  parameters: Field[];
  out?: Field;
  /** Strings or bytes are among them. */
  hasBlobs: boolean;
}

export function describe(memory: Memory, at: number): Description {
  const word = (index: number) => memory.word(at + 4 * index);
  const frame = word(5) || at;
  const found: Description = {
    at,
    name: memory.string(word(0)),
    size: memory.word(frame + 8),
    parameters: [],
    hasBlobs: false,
  };
  for (let i = 0, row = word(6); i < word(7); i++, row += 12) {
    const code = memory.word(row + 4);
    const field: Field = {
      name: memory.string(memory.word(row)),
      kind: KINDS[(code % OUT) - 1]!,
      offset: memory.word(row + 8),
    };
    if (code > OUT) found.out = field;
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
