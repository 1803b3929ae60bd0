// The house of the npm module: rooms that look one way, no circles, and nothing that is too long to be read.
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { circle, importsOf, longFunctions, longLines, wrongWays } from './support/layout.mjs';

const MOST_LINES = 40; // of a function
const MOST_COLUMNS = 120;

/** What each room may use besides itself and the entries' wasm-url.ts. */
const rooms = {
  base: [], // errors, text, memory, the scheduler: knows nothing of modules
  trace: ['base'], // reading, checking and converting traces
  host: ['base', 'trace'], // one module, loaded and fed
  future: ['base'], // the values that a user holds
  bridge: ['base', 'host', 'future'], // C called and calling
  native: ['base', 'host', 'future'], // futures written in JavaScript
  emscripten: ['base', 'host'], // a program that Emscripten's own JavaScript runs
  cli: ['base', 'trace', 'host', 'future', 'bridge'], // the command
};

const root = new URL('../../', import.meta.url);
function textsOf(folder, ending) {
  const names = readdirSync(new URL(folder, root), { recursive: true }).map((name) => name.replaceAll('\\', '/'));
  const read = (name) => readFileSync(new URL(`${folder}/${name}`, root), 'utf8');
  return Object.fromEntries(names.filter((name) => ending.test(name)).map((name) => [name, read(name)]));
}
const sources = textsOf('wasm/npm', /(?<!\.d)\.ts$/);

/** Fails with the table and what breaks it. */
function expectNone(wrong) {
  const table = Object.entries(rooms).map(
    ([room, uses]) => `  ${room.padEnd(7)} may use ${uses.join(', ') || 'nothing'}`,
  );
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\nThe rooms of wasm/npm:\n${table.join('\n')}`);
}

describe('wasm/npm', () => {
  test('rooms use only what they may', () => expectNone(wrongWays(sources, rooms)));

  test('no circle of files', () => expect(circle(sources)).toBeUndefined());

  test('no file of ours is imported later', () => {
    const late = Object.entries(sources).flatMap(([path, text]) => importsOf(path, text).filter((each) => each.isLate));
    expect(late).toEqual([]);
  });

  // docs/design.md names these four. Each step is in the file, and the next file is one that it imports.
  test('timeout() reaches C in four files', () => {
    const steps = [
      ['index.ts', /export \{[^}]*\btimeout\b/, 'native/combine.ts'],
      ['native/combine.ts', /class Timeout<T> extends Family<T>/, 'native/native.ts'],
      ['native/native.ts', /runtime\(\)\.root\(this, this\.node\)/, 'native/runtime.ts'],
      ['native/runtime.ts', /exports\.rouse_js_node\(kind, of, n\)[^]*exports\.rouse_js_root\(node, id\)/],
    ];
    for (const [path, step, next] of steps) {
      expect(sources[path]).toMatch(step);
      if (next) expect(importsOf(path, sources[path]).map(({ to }) => to)).toContain(next);
    }
    const design = readFileSync(new URL('docs/design.md', root), 'utf8');
    for (const [path] of steps) expect(design).toContain(`wasm/npm/${path}`);
  });
});

describe.each([
  ['wasm', /\.(ts|mjs)$/],
  ['web', /\.(ts|mjs)$/],
  ['tools', /(?<!^test)\.mjs$/], // tools/test.mjs is being rewritten
])('in %s', (folder, ending) => {
  const files = Object.entries(textsOf(folder, ending));
  test('no long function', () => {
    expect(files.flatMap(([path, text]) => longFunctions(path, text, MOST_LINES))).toEqual([]);
  });
  test('no long line', () => {
    expect(files.flatMap(([path, text]) => longLines(path, text, MOST_COLUMNS))).toEqual([]);
  });
});

describe('what is planted is found', () => {
  const table = { low: [], high: ['low'] };

  test('an import of a room above', () => {
    const files = { 'low/a.ts': "import { b } from '../high/b.js';", 'high/b.ts': "export * from '../low/c.js';" };
    expect(wrongWays(files, table)).toEqual(['low/a.ts imports high/b.ts']);
    expect(wrongWays({ 'low/a.ts': "let x: typeof import('../high/b.js');" }, table)).toHaveLength(1);
    expect(wrongWays({ 'low/a.ts': "const x = import('../high/b.js');" }, table)).toHaveLength(1);
    expect(wrongWays({ 'attic/a.ts': '' }, table)).toEqual(['attic/a.ts is in no room of the table']);
    expect(() => expectNone(['base/a.ts imports cli/b.ts'])).toThrow(/base {4}may use nothing/);
  });

  test('a circle, but none that types alone close', () => {
    const files = (last) => ({ 'a.ts': "import './b.js';", 'b.ts': "export * from './c.js';", 'c.ts': last });
    expect(circle(files("import { a } from './a.js';"))).toBe('a.ts -> b.ts -> c.ts -> a.ts');
    expect(circle(files("import { type A, a } from './a.js';"))).toBeDefined();
    for (const kept of ["import type { A } from './a.js';", "import { type A } from './a.js';", ''])
      expect(circle(files(kept))).toBeUndefined();
  });

  test('a long function and a long line', () => {
    const lines = (count) => `\nconst f = () => {\n${'f();\n'.repeat(count)}};\n`;
    expect(longFunctions('a.ts', lines(38), 40)).toEqual([]);
    expect(longFunctions('a.ts', lines(39), 40)).toEqual(['a.ts:2: 41 lines']);
    expect(longFunctions('a.ts', `class A {\n  m() {${lines(50)}}\n}`, 40)).toHaveLength(2);
    expect(longLines('a.ts', `${'x'.repeat(120)}\n${'x'.repeat(121)}`, 120)).toEqual(['a.ts:2: 121 columns']);
  });
});
