// What `npm pack` packs that is made: dist/ from wasm/npm and wasm/builtin, bundled and minified, with
// nothing else in it. A later `tsc -p .` makes dist/ readable again; who needs that calls `compileScripts`.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { build } from 'esbuild';
import { buildBuiltin } from './builtin.mjs';
import { buildGlue } from './glue.mjs';
import { stripSources } from './pack-sources.mjs';
import { root, run } from './process.mjs';

const dist = `${root}/dist`;

const read = (file) => readFileSync(`${dist}/${file}`, 'utf8');
const { exports } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const entries = (kind) => Object.values(exports).flatMap((entry) => entry[kind]?.replace('./dist/', '') ?? []);

/** The files of the library and of its command, room by room; dist/web is the page. */
function files() {
  const rooms = readdirSync(`${root}/wasm/npm`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return ['', ...rooms.map(({ name }) => `${name}/`)].flatMap((folder) =>
    readdirSync(`${dist}/${folder}`, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => folder + name),
  );
}

async function compile() {
  const { code, output } = await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.']);
  if (code !== 0) throw new Error(`tsc failed\n${output}`);
}

/** The declarations that the entries reach: the others describe what nobody can import. */
function declarations() {
  const wanted = new Set(entries('types'));
  for (const file of wanted)
    for (const [, name] of read(file).matchAll(/(?:from |import\()['"](\..*?)\.js['"]/g))
      wanted.add(posix.join(posix.dirname(file), `${name}.d.ts`));
  return wanted;
}

/** Parts of an entry that many pages use alone: apart, so that a bundler can leave out the rest. */
const parts = ['host/program.js', 'bridge/app.js'];

/** A file for each entry and part, and some that they share. */
async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [...entries('default'), ...parts, 'cli/main.js'].map((file) => `${dist}/${file}`),
    outdir: dist,
    outbase: dist,
    chunkNames: 'shared-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
  });
  return outputFiles;
}

async function shrink() {
  const declared = declarations();
  const bundled = await bundle();
  for (const file of files())
    if (file.endsWith('.js') || (file.endsWith('.d.ts') && !declared.has(file))) rmSync(`${dist}/${file}`);
  for (const { path, contents } of bundled) writeFileSync(path, contents);
}

async function manual() {
  const { code, output } = await run(process.execPath, [`${dist}/cli/main.js`, 'completion', 'man']);
  if (code !== 0) throw new Error(output);
  mkdirSync(`${dist}/man`, { recursive: true });
  writeFileSync(`${dist}/man/rouse.1`, output);
}

rmSync(`${root}/build/web/scripts.stamp`, { force: true });
await compile();
await buildBuiltin();
await shrink();
await buildGlue();
await manual();
if (process.env.npm_lifecycle_event === 'prepack') stripSources(); // last: until `postpack`
