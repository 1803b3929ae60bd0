// wasm-fuel.ts: puts a counter into a module, so that an endless loop stops. Each function and each round of a loop
// first calls an added function, which counts down and traps at zero.
//
// What is added comes last in its section (a type, a global, a function, an export), so no index changes;
// and a call is no block, so no branch does. The module exports the counter as `rouse_fuel`.

const NAME = 'rouse_fuel';
const [CUSTOM, TYPES, IMPORTS, FUNCTIONS, GLOBALS, EXPORTS, CODE] = [0, 1, 2, 3, 6, 7, 10];
const LOOP = 0x03;
const CALL = 0x10;

class Reader {
  at = 0;
  constructor(readonly bytes: Uint8Array) {}

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Error('the module ends in the middle');
    return byte;
  }

  /** Unsigned. Bits above 32 are lost; such a number is only ever skipped. */
  leb(): number {
    let [value, shift, byte] = [0, 0, 0x80];
    for (; byte & 0x80; shift += 7) value |= ((byte = this.byte()) & 0x7f) << shift;
    return value >>> 0;
  }

  take(size: number): Uint8Array {
    const start = this.at;
    if ((this.at += size) > this.bytes.length) throw new Error('the module ends in the middle');
    return this.bytes.subarray(start, this.at);
  }

  get isDone(): boolean {
    return this.at >= this.bytes.length;
  }
}

function leb(value: number): number[] {
  const bytes = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}

/** How many numbers follow an opcode: none, if it is not listed. */
function operands(code: number): number {
  if (code === 0x02 || code === LOOP || code === 0x04) return 1; // the type of a block, a signed leb: as long
  if (code === 0x0c || code === 0x0d || code === CALL || code === 0x12) return 1;
  if (code === 0x11 || code === 0x13) return 2; // call_indirect: type, table
  if (code >= 0x20 && code <= 0x26) return 1; // locals, globals, tables
  if (code >= 0x28 && code <= 0x3e) return 2; // loads and stores: alignment, offset
  if (code === 0x3f || code === 0x40 || code === 0x41 || code === 0x42) return 1;
  return code === 0xd0 || code === 0xd2 ? 1 : 0;
}

const OF_FC: Record<number, number> = { 8: 2, 9: 1, 10: 2, 11: 1, 12: 2, 13: 1, 14: 2, 15: 1, 16: 1, 17: 1 };

function skipOperands(body: Reader, code: number): void {
  if (code === 0x0e)
    for (let left = body.leb() + 1; left > 0; left--) body.leb(); // br_table
  else if (code === 0x1c)
    for (let left = body.leb(); left > 0; left--) body.leb(); // select with types
  else if (code === 0x43) body.take(4);
  else if (code === 0x44) body.take(8);
  else if (code === 0xfc) for (let left = OF_FC[body.leb()] ?? 0; left > 0; left--) body.leb();
  else if (code > 0xd2) throw new Error(`no instruction that is known here: 0x${code.toString(16)}`);
  else for (let left = operands(code); left > 0; left--) body.leb();
}

function meter(bytes: Uint8Array, call: number[]): number[] {
  const body = new Reader(bytes);
  for (let groups = body.leb(); groups > 0; groups--) (body.leb(), body.byte()); // locals
  const out = [...bytes.subarray(0, body.at), ...call];
  while (!body.isDone) {
    const start = body.at;
    const code = body.byte();
    skipOperands(body, code);
    out.push(...bytes.subarray(start, body.at));
    if (code === LOOP) out.push(...call);
  }
  return out;
}

/** Counts down. At zero it refills the counter, so that code which writes a report can still run, and traps. */
const burn = (global: number[]) => [
  0,
  0x23,
  ...global,
  0x45,
  0x04,
  0x40,
  0x41,
  0x7f,
  0x24,
  ...global,
  0x00,
  0x0b, // if !fuel {fuel = -1; trap}
  0x23,
  ...global,
  0x41,
  0x01,
  0x6b,
  0x24,
  ...global,
  0x0b, // fuel -= 1
];

interface Section {
  id: number;
  bytes: Uint8Array | number[];
}

function sectionsOf(wasm: Uint8Array): Section[] {
  const reader = new Reader(wasm);
  reader.take(8);
  const sections: Section[] = [];
  while (!reader.isDone) sections.push({ id: reader.byte(), bytes: reader.take(reader.leb()) });
  return sections;
}

/** How many functions and globals come from outside: they have the first indices. */
function countImports(bytes: Uint8Array | number[]): { functions: number; globals: number } {
  const reader = new Reader(Uint8Array.from(bytes));
  const counts = { functions: 0, globals: 0 };
  for (let left = reader.leb(); left > 0; left--) {
    for (let name = 0; name < 2; name++) reader.take(reader.leb());
    const kind = reader.byte();
    if (kind === 0) (reader.leb(), counts.functions++);
    else if (kind === 3) (reader.take(2), counts.globals++);
    else throw new Error('a module that imports its memory or table');
  }
  return counts;
}

/** The module with `fuel` rounds of loops and calls to burn; without its names and notes. */
export function addFuel(wasm: Uint8Array, fuel: number): Uint8Array {
  const sections = sectionsOf(wasm).filter(({ id }) => id !== CUSTOM);
  const find = (id: number) => {
    let section = sections.find((other) => other.id === id);
    if (!section) {
      section = { id, bytes: [0] };
      const after = sections.findIndex((other) => other.id > id && other.id < 12);
      sections.splice(after < 0 ? sections.length : after, 0, section);
    }
    return section;
  };
  const countOf = (id: number) => new Reader(Uint8Array.from(find(id).bytes)).leb();
  const append = (id: number, entry: number[]) => {
    const section = find(id);
    const reader = new Reader(Uint8Array.from(section.bytes));
    const count = reader.leb();
    section.bytes = [...leb(count + 1), ...reader.bytes.subarray(reader.at), ...entry];
    return count;
  };
  const imported = countImports(find(IMPORTS).bytes);
  const type = append(TYPES, [0x60, 0, 0]);
  const global = leb(imported.globals + countOf(GLOBALS));
  append(GLOBALS, [0x7f, 0x01, 0x41, ...signed(fuel), 0x0b]);
  const call = [CALL, ...leb(imported.functions + append(FUNCTIONS, leb(type)))];
  append(EXPORTS, [NAME.length, ...[...NAME].map((char) => char.charCodeAt(0)), 0x03, ...global]);
  find(CODE).bytes = meterAll(find(CODE).bytes, call);
  append(CODE, [...leb(burn(global).length), ...burn(global)]);
  const out = sections.flatMap(({ id, bytes }) => [[id, ...leb(bytes.length)], bytes]);
  return concat([wasm.subarray(0, 8), ...out]);
}

function meterAll(bytes: Uint8Array | number[], call: number[]): number[] {
  const code = new Reader(Uint8Array.from(bytes));
  const count = code.leb();
  const out = leb(count);
  for (let left = count; left > 0; left--) {
    const body = meter(code.take(code.leb()), call);
    for (const byte of [...leb(body.length), ...body]) out.push(byte);
  }
  return out;
}

function signed(value: number): number[] {
  const bytes = [];
  for (; value > 0x3f; value >>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}

function concat(parts: (Uint8Array | number[])[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
