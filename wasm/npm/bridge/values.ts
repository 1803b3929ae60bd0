// values.ts: arguments and results, kind by kind, between JavaScript and the structs of C.
import { isBlob, type Description, type Field } from './describe.js';
import type { Memory } from '../base/memory.js';
import type { Slots } from '../base/slots.js';
import { encode } from '../base/text.js';

/** The values that C holds; 0 is undefined. */
export type Handles = Slots<unknown>;

/** Bytes, of which C gets a copy. */
type Blob = Uint8Array;

function wrong(name: string, field: string, kind: Field['kind'], value: unknown): TypeError {
  let given = value === null ? 'null' : typeof value === 'object' ? 'an object' : String(value);
  if (typeof value === 'string') given = `the string ${JSON.stringify(value)}`;
  return new TypeError(`${name}: ${field} must be ${words[kind]}, not ${given}`);
}
const words: Record<Field['kind'], string> = {
  i32: 'an integer of 32 bits',
  i64: 'a bigint of 64 bits',
  f64: 'a number',
  bool: 'a boolean',
  string: 'a string without NUL',
  text: 'a string without NUL',
  bytes: 'a Uint8Array or other bytes',
  value: 'a value',
};

function accepts(kind: Field['kind'], value: unknown): boolean {
  switch (kind) {
    case 'i32':
      return typeof value === 'number' && (value | 0) === value;
    case 'i64':
      return typeof value === 'bigint' ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value);
    case 'f64':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'bytes':
      return ArrayBuffer.isView(value) || isBuffer(value);
    case 'value':
      return true;
    default:
      return typeof value === 'string' && !value.includes('\0');
  }
}

const isBuffer = (value: unknown) => /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));

export function check(name: string, { kind, name: given }: Field, value: unknown, field = given): void {
  if (!accepts(kind, value)) throw wrong(name, field, kind, value);
}

export function blobOf(kind: Field['kind'], value: any): Blob {
  if (kind !== 'bytes') return encode(value + '\0');
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return new Uint8Array(value); // throws for one that is detached
}

const aligned = (size: number) => (size + 7) & ~7;

const NONE: readonly never[] = [];

/** The strings and bytes among the arguments, encoded. So their size is known before C makes room. */
export function blobsOf({ parameters, hasBlobs }: Description, args: readonly unknown[]): readonly Blob[] {
  if (!hasBlobs) return NONE;
  const blobs: Blob[] = [];
  parameters.forEach((field, i) => isBlob(field) && blobs.push(blobOf(field.kind, args[i])));
  return blobs;
}
export const roomFor = (blobs: readonly Blob[]): number =>
  blobs === NONE ? 0 : blobs.reduce((sum, { length }) => sum + aligned(length), 8);

/** One scalar, or an address that the caller has filled. */
export function put(memory: Memory, at: number, kind: Field['kind'], value: any, handles: Handles): void {
  const { view } = memory;
  if (kind === 'i32') memory.i32[at >>> 2] = value;
  else if (kind === 'f64') view.setFloat64(at, value, true);
  else if (kind === 'i64') view.setBigInt64(at, BigInt(value), true);
  else if (kind === 'bool') view.setUint8(at, value ? 1 : 0);
  else view.setUint32(at, value === undefined ? 0 : handles.add(value), true);
}

export function putBlob(memory: Memory, at: number, kind: Field['kind'], blob: Blob, where: number): void {
  memory.u8.set(blob, where);
  memory.view.setUint32(at, where, true);
  if (kind === 'bytes') memory.view.setUint32(at + 4, blob.length, true);
}

/** Writes the arguments to the struct at `base`, and blobs behind it. Returns the handles that it made. */
export function putArguments(
  memory: Memory,
  base: number,
  { parameters, size }: Description,
  args: readonly unknown[],
  blobs: readonly Blob[],
  handles: Handles,
): readonly number[] {
  let made: number[] | undefined;
  let behind = aligned(base + size);
  let next = 0;
  for (let i = 0; i < parameters.length; i++) {
    const { kind, offset } = parameters[i]!;
    if (isBlob(parameters[i]!)) {
      const blob = blobs[next++]!;
      putBlob(memory, base + offset, kind, blob, behind);
      behind += aligned(blob.length);
      continue;
    }
    put(memory, base + offset, kind, args[i], handles);
    if (kind === 'value') (made ??= []).push(memory.word(base + offset));
  }
  return made ?? NONE;
}

/** The value of a field of the struct at `base`. */
export function take(memory: Memory, base: number, field: Field, handles: Handles): unknown {
  const at = base + field.offset;
  if (field.kind === 'i32') return memory.i32[at >>> 2];
  const { view } = memory;
  switch (field.kind) {
    case 'i64':
      return view.getBigInt64(at, true);
    case 'f64':
      return view.getFloat64(at, true);
    case 'bool':
      return view.getUint8(at) !== 0;
    case 'string':
      return memory.string(memory.word(at));
    case 'text':
      return memory.string(at);
    case 'bytes':
      return memory.bytes(memory.word(at), memory.word(at + 4));
    default:
      return handles.get(memory.word(at));
  }
}

/** Writes a result of JavaScript to the `out` of the struct at `base`. Returns what must be released later: a block of
    memory or a handle. */
export function putResult(
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
