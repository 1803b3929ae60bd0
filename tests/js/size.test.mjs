// What a page downloads: JavaScript min+gzip, in one file, and wasm raw. The wasm's size holds for the frozen
// Emscripten.
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The files of a page with this code, as a bundler makes them that puts what is imported later into its own. */
async function bundle(code) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, sourcefile: 'page.js' },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    absWorkingDir: root,
    outdir: 'build/size',
  });
  return outputFiles.map(({ contents }) => contents);
}

test.each([
  ['a program that is loaded and run', "export { Program } from './dist/index.js'", 8_000],
  ['an app that is loaded and called', "export { load } from './dist/index.js'", 15_000],
  ['everything', "export * from './dist/index.js'", 24_000],
])('%s', async (_, code, budget) => {
  const [page, ...later] = await bundle(code);
  expect(later).toEqual([]);
  expect(gzipSync(page, { level: 9 }).length).toBeLessThanOrEqual(budget);
});

test('the built-in runtime has at most 24 kB', () =>
  expect(statSync(`${root}dist/rouse.wasm`).size).toBeLessThanOrEqual(24_000));

test('there are no dependencies', () => {
  const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  expect(dependencies ?? {}).toEqual({});
});
