// What a page downloads: JavaScript min+gzip, wasm raw. The wasm's size holds for the frozen Emscripten.
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a page with this code downloads at once, and what it may have to later: when something is wrong, a
    module is traced, calls JavaScript or asks for more than to print and to wait, or a future of JavaScript runs. */
async function sizesOf(code) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root, sourcefile: 'page.js' },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
    absWorkingDir: root,
    outdir: 'build/size',
  });
  const outputs = Object.entries(metafile.outputs);
  const atOnce = new Set(outputs.filter(([, { entryPoint }]) => entryPoint === 'page.js').map(([path]) => path));
  for (const path of atOnce)
    for (const { path: next, kind } of metafile.outputs[path].imports)
      if (kind === 'import-statement') atOnce.add(next);
  const sizes = { atOnce: 0, later: 0 };
  for (const { path, contents } of outputFiles)
    sizes[atOnce.has(relative(root, path)) ? 'atOnce' : 'later'] += gzipSync(contents, { level: 9 }).length;
  return sizes;
}

test.each([
  ['a program that is loaded and run', "export { Program } from './dist/index.js'", 3_650],
  ['an app that is loaded and called', "export { load } from './dist/index.js'", 8_900],
  ['everything', "export * from './dist/index.js'", 11_200],
])('%s', async (_, code, budget) => {
  const { atOnce, later } = await sizesOf(code);
  expect(atOnce).toBeLessThanOrEqual(budget);
  expect(atOnce).toBeGreaterThan(budget * 0.9); // a budget that is far too generous says nothing
  expect(later).toBeLessThanOrEqual(12_800);
});

test('the built-in runtime has at most 24 kB', () =>
  expect(statSync(`${root}dist/rouse.wasm`).size).toBeLessThanOrEqual(24_000));

test('there are no dependencies', () => {
  const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  expect(dependencies ?? {}).toEqual({});
});
