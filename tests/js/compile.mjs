// Compiles tests/js/programs, once per content, into build/js-programs.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBuiltin } from '../../tools/builtin.mjs';
import { succeed, wasmClang } from '../../tools/wasm-clang.mjs';
import { coreSources, headers, hostFlags, hostSources } from '../../wasm/npm/cli/sources.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const folder = join(root, 'build/js-programs');
// What a source is called does not depend on where the clone lies.
const flags = ['-Oz', `-I${root}/runtime/include`, `-fmacro-prefix-map=${root}/=`];
const ofHost = hostFlags(root, 'js');
const variants = { plain: ofHost.compile, traced: [...ofHost.compile, '-DROUSE_TRACE=1'] };

/** Runs the compiler with the flags of all; paths are from the root, and outputs without a name lie in `cwd`. */
export const cc = (args, cwd = root) => succeed(wasmClang(cwd).cc([...flags, ...args]), `compiling ${args.at(-1)}`);

const read = (path) => readFileSync(join(root, path), 'utf8');
const list = (directory, ending) =>
  readdirSync(join(root, directory))
    .filter((file) => ending.test(file))
    .sort()
    .map((file) => `${directory}/${file}`);

const programs = list('tests/js/programs', /\.c$/);
const runtime = [...coreSources(root), ...hostSources(root, 'js')];
// Two of them for WASI as well: a page runs those at once. The core is the same for both hosts.
const wasiPrograms = programs.filter((path) => /\/(nap|echo)\.c$/.test(path));
const wasiRuntime = hostSources(root, 'wasi');

/** Of everything that a compilation may read. */
function digest() {
  const sources = [...programs, ...runtime, ...wasiRuntime, ...headers(root), 'tests/js/compile.mjs'];
  const contents = sources.map((path) => [path, read(path)]);
  const settings = [flags, ofHost, variants, wasmClang().name];
  return createHash('sha256')
    .update(JSON.stringify([settings, contents]))
    .digest('hex');
}

/** Compiles sources into a folder of their own: the paths of the objects. */
async function compileObjects(name, extra, sources) {
  const into = join(folder, name);
  mkdirSync(into, { recursive: true });
  await cc(['-c', ...extra, ...sources.map((source) => join(root, source))], into);
  return sources.map((source) => join(into, `${basename(source, '.c')}.o`));
}

/** The reports are linked whole, but the bridge only by who uses it: it asks the host for more. */
async function linkPrograms(name, extra, objects, programs) {
  const isBridge = (path) => /\/js_(?!host)\w+\.o$/.test(path);
  const bridge = ['-Wl,--start-lib', ...objects.filter(isBridge), '-Wl,--end-lib'];
  const library = [...objects.filter((path) => !isBridge(path)), ...bridge];
  for (const program of programs) {
    const command = name === 'wasi' || /^int main\(/m.test(read(program));
    const model = command ? [] : ofHost.without_main;
    const out = join(folder, `${basename(program, '.c')}.${name}.wasm`);
    await cc([...extra, ...model, program, ...library, ...ofHost.link, '-o', out]);
  }
}

async function compileStale() {
  await buildBuiltin();
  const stamp = join(folder, 'stamp');
  const wanted = digest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const core = {};
  for (const [name, extra] of Object.entries(variants)) {
    core[name] = await compileObjects(name, extra, coreSources(root));
    const host = await compileObjects(name, extra, hostSources(root, 'js'));
    await linkPrograms(name, extra, [...core[name], ...host], programs);
  }
  await linkPrograms('wasi', [], [...core.plain, ...(await compileObjects('wasi', [], wasiRuntime))], wasiPrograms);
  writeFileSync(`${stamp}.new`, wanted);
  renameSync(`${stamp}.new`, stamp); // after all the programs: an interrupted run is done again
}

let compiled;
/** Jest's globalSetup: the programs are there, and of the sources as they are. Once for all suites of a run. */
const compilePrograms = () => (compiled ??= compileStale());
export default compilePrograms;

if (process.argv[1] === fileURLToPath(import.meta.url)) await compilePrograms();
