// Tiny modules made by hand, so that a test of loading needs no compiler. Every function has no
// parameters and gives one i32: the given constant, or a trap for 'trap'.

const string = (text) => [text.length, ...new TextEncoder().encode(text)];
const vector = (items) => [items.length, ...items.flat()];
const size = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...size(n >> 7)]);
const section = (id, body) => [id, ...size(body.length), ...body];

/** `imports`: "module.name"; `exports`: name to constant. Names and numbers stay below 64. */
export function tinyModule({ imports = [], exports = {}, memory = true } = {}) {
  const names = Object.keys(exports);
  const exported = names.map((name, i) => [...string(name), 0, imports.length + i]);
  if (memory) exported.push([...string('memory'), 2, 0]);
  const imported = imports.map((path) => {
    const dot = path.indexOf('.');
    return [...string(path.slice(0, dot)), ...string(path.slice(dot + 1)), 0, 0];
  });
  const bodies = names.map((name) => {
    const code = exports[name] === 'trap' ? [0, 0x00, 0x0b] : [0, 0x41, exports[name], 0x0b];
    return [code.length, ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, 0, 1, 0x7f]])),
    ...section(2, vector(imported)),
    ...section(3, vector(names.map(() => [0]))),
    ...section(5, vector([[0, 1]])),
    ...section(7, vector(exported)),
    ...section(10, vector(bodies)),
  ]);
}

/** What a program for this host exports. */
export const program = { rouse_abi: 1, rouse_tick: 0, rouse_cancel: 0, rouse_main: 1 };
