// The numbers that C and JavaScript both know are the same on both sides. That they are also true, C's compiler checks.
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The names and values of an enum, of C or TypeScript: a value counts up if none is given. */
function enumOf(text, start) {
  const body = text.slice(text.indexOf(start) + start.length).match(/^\s*\{([^}]*)\}/)[1];
  const names = body.replace(/\/\*[^]*?\*\/|\/\/.*/g, '').match(/\w+(\s*=\s*\w+)?/g);
  let next = 0;
  return Object.fromEntries(
    names.map((entry) => {
      const [name, value = next] = entry.split(/\s*=\s*/);
      next = Number(value) + 1;
      return [name.replace(/^JS_/, ''), Number(value)];
    }),
  );
}

test.each([
  ['struct offsets', 'base/c-layout.ts', 'export const enum C', 'js/js_layout.h', 'enum '],
  ['kinds of nodes', 'native/kinds.ts', 'export const enum Kind', 'builtin/builtin.c', 'enum kind'],
  ['kinds of objects', 'native/shared-object.ts', 'const enum ObjectKind', 'builtin/objects.c', 'enum object_kind'],
  ['requests', 'native/shared-object.ts', 'const enum Request', 'builtin/objects.c', 'enum request'],
])('%s', (_, ours, start, theirs, theirStart) => {
  const known = enumOf(read(`wasm/npm/${ours}`), start);
  expect(Object.keys(known).length).toBeGreaterThan(2);
  expect(known).toEqual(enumOf(read(`wasm/${theirs}`), theirStart));
});
