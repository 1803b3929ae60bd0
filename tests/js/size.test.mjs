// What a page downloads: JavaScript min+gzip, wasm raw. The wasm's size holds for the frozen Emscripten.
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../', import.meta.url));

async function sizeOf(code) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

test.each([
  ['a program that is loaded and run', "export { Program } from './dist/index.js'", 8_000],
  ['an app that is loaded and called', "export { load } from './dist/index.js'", 12_900],
  ['everything', "export * from './dist/index.js'", 18_300],
])('%s', async (_, code, budget) => {
  const size = await sizeOf(code);
  expect(size).toBeLessThanOrEqual(budget);
  expect(size).toBeGreaterThan(budget * 0.9); // a budget that is far too generous says nothing
});

test('the built-in runtime has at most 24 kB', () =>
  expect(statSync(`${root}dist/rouse.wasm`).size).toBeLessThanOrEqual(24_000));

test('there are no dependencies', () => {
  const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  expect(dependencies ?? {}).toEqual({});
});
