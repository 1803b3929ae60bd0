// Compiles tests/js/programs with the clang that npm carries, once per content, into build/js-programs.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBuiltin } from '../../tools/builtin.mjs';
import { clang, compilerVersion } from '../../tools/clang.mjs';
import { coreSources, headers, hostFlags, hostSources } from '../../wasm/npm/cli/sources.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const folder = join(root, 'build/js-programs');
const flags = ['-Oz', '-Iruntime/include'];
const ofHost = hostFlags(root, 'js');
const variants = { plain: ofHost.compile, traced: [...ofHost.compile, '-DROUSE_TRACE=1'] };

const read = (path) => readFileSync(join(root, path), 'utf8');
const list = (directory, ending) =>
  readdirSync(join(root, directory))
    .filter((file) => ending.test(file))
    .sort()
    .map((file) => `${directory}/${file}`);

const programs = list('tests/js/programs', /\.c$/);
const runtime = [...coreSources(root), ...hostSources(root, 'js')];
// Two of them for WASI as well: a page runs those at once.
const wasiPrograms = programs.filter((path) => /\/(nap|echo)\.c$/.test(path));
const wasiRuntime = [...coreSources(root), ...hostSources(root, 'wasi')];

/** Of everything that a compilation may read. */
function digest() {
  const sources = [...programs, ...runtime, ...wasiRuntime, ...headers(root), 'tests/js/compile.mjs'];
  const contents = sources.map((path) => [path, read(path)]);
  const settings = [flags, ofHost, variants, compilerVersion()];
  return createHash('sha256')
    .update(JSON.stringify([settings, contents]))
    .digest('hex');
}

async function compileVariant(name, extra, runtime, programs) {
  mkdirSync(join(folder, name), { recursive: true });
  const objects = [];
  for (const source of runtime) {
    objects.push(join(folder, name, `${basename(source, '.c')}.o`));
    await clang(['-c', ...flags, ...extra, source, '-o', objects.at(-1)]);
  }
  // The reports are linked whole, but the bridge only by who uses it: it asks the host for more.
  const bridge = objects.filter((path) => /\/js_(?!host)\w+\.o$/.test(path));
  const library = [...objects.filter((path) => !bridge.includes(path)), '-Wl,--start-lib', ...bridge, '-Wl,--end-lib'];
  for (const program of programs) {
    const command = name === 'wasi' || /^int main\(/m.test(read(program));
    const model = command ? [] : ofHost.without_main;
    const out = join(folder, `${basename(program, '.c')}.${name}.wasm`);
    await clang([...flags, ...extra, ...model, program, ...library, ...ofHost.link, '-o', out]);
  }
}

/** Jest's globalSetup: the programs are there, and of the sources as they are. */
export default async function compilePrograms() {
  await buildBuiltin();
  const stamp = join(folder, 'stamp');
  const wanted = digest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  mkdirSync(folder, { recursive: true });
  for (const [name, extra] of Object.entries(variants)) await compileVariant(name, extra, runtime, programs);
  await compileVariant('wasi', [], wasiRuntime, wasiPrograms);
  writeFileSync(`${stamp}.new`, wanted);
  renameSync(`${stamp}.new`, stamp); // after all the programs: an interrupted run is done again
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compilePrograms();
