// Fuel: a metered module does what it did, only not for ever; and so does a rewritten script.
import { describe, expect, test } from '@jest/globals';
import { parse } from 'acorn';
import { readdirSync, readFileSync } from 'node:fs';
import { Program } from '../../dist/index.js';
import { rewrite } from '../../dist/page/run/rewrite-script.js';
import { addFuel } from '../../dist/page/run/wasm-fuel.js';
import { folder } from './compile.mjs';
import { recordInNode } from './honesty.mjs';

const read = (name) => readFileSync(`${folder}/${name}.plain.wasm`);
const modules = readdirSync(folder).filter((name) => name.endsWith('.wasm'));

test.each(modules)('%s is still a module, with a counter more', (name) => {
  const metered = new WebAssembly.Module(addFuel(readFileSync(`${folder}/${name}`), 1000));
  const plain = new WebAssembly.Module(readFileSync(`${folder}/${name}`));
  expect(WebAssembly.Module.imports(metered)).toEqual(WebAssembly.Module.imports(plain));
  const added = { name: 'rouse_fuel', kind: 'global' };
  expect(WebAssembly.Module.exports(metered)).toEqual([...WebAssembly.Module.exports(plain), added]);
});

describe('a program', () => {
  const run = async (bytes) => {
    let text = '';
    const write = (piece) => (text += piece);
    const program = await Program.load(bytes, { stdout: write, stderr: write, args: ['one'] });
    return { code: await program.run(), text };
  };
  test('with fuel enough does what it did', async () =>
    expect(await run(addFuel(read('nap'), 5_000_000))).toEqual(await run(read('nap'))));
  test('with too little traps', () =>
    expect(run(addFuel(read('spin'), 200))).rejects.toMatchObject({ code: 'TRAPPED' }));
});

describe('what is no module that can be metered says so', () => {
  const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  test('cut off', () => expect(() => addFuel(read('nap').subarray(0, 500), 1)).toThrow('in the middle'));
  test('imports a memory', () => {
    const wasm = [...head, 2, 8, 1, 1, 0x61, 1, 0x62, 2, 0, 1];
    expect(() => addFuel(Uint8Array.from(wasm), 1)).toThrow('imports its memory');
  });
  test('SIMD', () => {
    const wasm = [...head, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 6, 1, 4, 0, 0xfd, 0, 0x0b];
    expect(() => addFuel(Uint8Array.from(wasm), 1)).toThrow('0xfd');
  });
});

// The counter hangs on each kind of loop, and no program can catch its way out. What has no loop has events
// without end: tests/browser/stops.mjs.
const endless = {
  for: `for (;;);`,
  while: `while (true) { }`,
  'do while': `do ; while (1)`,
  'for of': `for (const i of (function* () { for (;;) yield 1; })());`,
  'a labelled loop': `outer: for (;;) for (;;) continue outer;`,
  'a loop that catches': `for (;;) try { for (;;) {} } catch { }`,
  'a loop that goes on in finally': `for (;;) try { for (;;) {} } finally { continue; }`,
};
test.each(Object.entries(endless))('%s ends', async (_, source) => {
  const { events, stopped } = await recordInNode(rewrite(`console.log(1);\n${source}`, parse));
  expect(stopped).toMatch(/^Stopped in `.*`, line 2, after (5 million rounds of loops|7,000 events)\./);
  expect(events.filter(({ kind }) => kind === 'print')).toHaveLength(1);
});
