// Writes dist/rouse_glue.js, the library for programs that Emscripten's own JavaScript runs: the frame is
// wasm/emscripten/rouse_glue.js, and what runs the program is wasm/npm/emscripten/glue.ts. `node tools/glue.mjs`
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { root } from './process.mjs';

const NAME = 'RouseGlue';

/** As an expression. Older Emscriptens parse no more than ES2020. */
async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [`${root}/wasm/npm/emscripten/glue.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: NAME,
    target: 'es2020',
  });
  const [, expression] = outputFiles[0].text.match(/^(?:"use strict";)?var \w+=([^]*);\n$/);
  return expression;
}

export async function buildGlue() {
  const frame = readFileSync(`${root}/wasm/emscripten/rouse_glue.js`, 'utf8');
  const expression = await bundle();
  mkdirSync(`${root}/dist`, { recursive: true });
  writeFileSync(
    `${root}/dist/rouse_glue.js`,
    frame.replace("'=GLUE'", () => JSON.stringify(`=${expression}`)),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildGlue();
