// The house of the npm module: rooms that look one way, no circles, nothing that is too long to be read, and a short
// way from a function to C.
import { describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tooLong } from './support/lengths.mjs';
import { checkRooms, importsOf, parseFolder } from './support/rooms.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const house = join(root, 'wasm/npm');

/** What each room may use; docs/design.md says what is in it. '.' are the entries, and wasm-url.ts. */
const TABLE = {
  base: [],
  trace: ['base'],
  host: ['base', 'trace'],
  future: ['base'],
  bridge: ['base', 'host', 'future'],
  native: ['base', 'host', 'future', '.'], // of '.' wasm-url.ts: a circle with an entry would be found
  emscripten: ['base', 'host'],
  cli: ['base', 'trace', 'host', 'bridge', '.'],
  '.': ['base', 'trace', 'host', 'future', 'bridge', 'native'],
};

/** Fails with what breaks the table, and the table. */
function expectOrder(folder) {
  const wrong = checkRooms(folder, TABLE);
  const table = Object.entries(TABLE).map(
    ([room, uses]) => `  ${room.padEnd(10)} may use ${uses.join(', ') || 'nothing'}`,
  );
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\nThe rooms of wasm/npm:\n${table.join('\n')}`);
}

/** The same for a copy, in which `text` stands at the end of a file. */
function expectOrderWith(file, text) {
  const copy = mkdtempSync(join(tmpdir(), 'house-'));
  try {
    cpSync(house, copy, { recursive: true });
    writeFileSync(join(copy, file), `${readFileSync(join(house, file), 'utf8')}\n${text}\n`);
    expectOrder(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

describe('rooms', () => {
  test('every import goes the way the table says, and none in a circle', () => expectOrder(house));

  test.each([
    ['base/errors.ts', "export * from '../host/link.js';", /base may not import from host/],
    ['host/link.ts', "import type { Call } from '../bridge/call.js';", /host may not import from bridge/],
    ['future/from.ts', "let late: typeof import('../native/scope.js');", /future may not import from native/],
    ['bridge/app.ts', "void import('../native/scope.js');", /bridge may not import from native/],
    ['native/kinds.ts', "import { load } from '../index.js';", /a circle: /],
  ])('a planted import is found, in %s: %s', (file, text, message) => {
    expect(() => expectOrderWith(file, text)).toThrow(message);
    expect(() => expectOrderWith(file, text)).toThrow(/future {5}may use base\n/);
  });

  test('no file of ours is imported later', () => {
    const late = [...parseFolder(house)].flatMap(([name, source]) =>
      importsOf(name, source).filter(({ isLate }) => isLate),
    );
    expect(late).toEqual([]);
  });
});

// docs/design.md names these four. Each step is in the file, and the next file is one that it imports.
test('timeout() reaches C in four files', () => {
  const steps = [
    ['index.ts', /export \{[^}]*\btimeout\b/, 'native/combine.ts'],
    ['native/combine.ts', /class Timeout<T> extends Family<T>/, 'native/native.ts'],
    ['native/native.ts', /runtime\(\)\.root\(this, this\.node\)/, 'native/runtime.ts'],
    ['native/runtime.ts', /exports\.rouse_js_node\(kind, of, n\)[^]*exports\.rouse_js_root\(node, id\)/],
  ];
  const sources = parseFolder(house);
  const design = readFileSync(join(root, 'docs/design.md'), 'utf8');
  for (const [name, step, next] of steps) {
    const source = sources.get(name);
    expect(source.text).toMatch(step);
    if (next) expect(importsOf(name, source).map(({ to }) => to)).toContain(next);
    expect(design).toContain(`wasm/npm/${name}`);
  }
});

test.each([
  ['wasm', /\.(ts|mjs)$/],
  ['tools', /\.mjs$/],
])('no line, function or file is too long in %s', (folder, ending) => {
  expect(tooLong(join(root, folder), ending)).toEqual([]);
});

test('what is too long is found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'long-'));
  writeFileSync(join(folder, 'a.mjs'), `const f = () => {\n${'f();\n'.repeat(39)}};\n//${'x'.repeat(119)}\n`);
  expect(tooLong(folder, /\.mjs$/)).toEqual(['a.mjs:42: a line of 121 columns', 'a.mjs:1: a function of 41 lines']);
  rmSync(folder, { recursive: true });
});
