// Compiles tests/js/programs with the clang that npm carries, once per content, into build/js-programs.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const folder = join(root, 'build/js-programs');
const sources = 'runtime/src';
const headers = 'runtime/include/rouse';
const flags = ['-DROUSE_JS', '-Oz', '-Iruntime/include', '-Iruntime/src'];
const link = ['-Wl,--stack-first', '-Wl,-z,stack-size=262144'];
const variants = { plain: [], traced: ['-DROUSE_TRACE=1'] };

const read = (path) => readFileSync(join(root, path));
const list = (directory, ending) =>
  readdirSync(join(root, directory)).filter((file) => file.endsWith(ending)).sort();

/** The compiler's file system knows no "..": -Iruntime/src finds these headers as well. */
function flatIncludes(path) {
  const text = read(path).toString().replaceAll('"../runtime/src/', '"');
  return new TextEncoder().encode(text);
}

/** Every file a compilation may read, as the tree that the compiler wants. */
function tree() {
  const files = (directory, ...endings) =>
    Object.fromEntries(
      endings
        .flatMap((ending) => list(directory, ending))
        .map((file) => [file, new Uint8Array(read(join(directory, file)))]),
    );
  return {
    runtime: { include: { rouse: files(headers, '.h') }, src: files(sources, '.c', '.h') },
    wasm: { 'js_host.c': flatIncludes('wasm/js_host.c') },
    programs: files('tests/js/programs', '.c'),
  };
}

function digest(files) {
  const hash = createHash('sha256').update(JSON.stringify([flags, link, variants]));
  const add = (node) => {
    for (const [name, value] of Object.entries(node)) {
      hash.update(name);
      if (value instanceof Uint8Array) hash.update(value);
      else add(value);
    }
  };
  add(files);
  hash.update(read('node_modules/@yowasp/clang/package.json'));
  return hash.update(read('tests/js/compile.mjs')).digest('hex');
}

/** Runs clang over the tree and gives the tree with what it made. */
async function clang(args, files) {
  const { commands, Exit } = await import('@yowasp/clang');
  let log = '';
  const keep = (bytes) => void (bytes && (log += new TextDecoder().decode(bytes)));
  try {
    return await commands.clang(args, files, {
      stdout: keep,
      stderr: keep,
      fetchProgress: () => {},
    });
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    throw new Error(`clang ${args.join(' ')}\n${log}`);
  }
}

async function compileVariant(name, extra, files) {
  const runtime = [...list(sources, '.c').map((file) => `${sources}/${file}`), 'wasm/js_host.c'];
  const objects = runtime.map((path) => `${basename(path, '.c')}.o`);
  const built = await clang(['-c', ...flags, ...extra, ...runtime], files);
  for (const program of list('tests/js/programs', '.c')) {
    const path = `programs/${program}`;
    const hasMain = /^int main\(/m.test(read(`tests/js/${path}`).toString());
    const model = hasMain ? [] : ['-mexec-model=reactor'];
    const args = [...flags, ...extra, ...model, path, ...objects, ...link, '-o', 'out.wasm'];
    const out = await clang(args, { ...files, ...built });
    writeFileSync(join(folder, `${basename(program, '.c')}.${name}.wasm`), out['out.wasm']);
  }
}

/** Jest's globalSetup: the programs are there, and of the sources as they are. */
export default async function compilePrograms() {
  const stamp = join(folder, 'stamp');
  const files = tree();
  const wanted = digest(files);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  mkdirSync(folder, { recursive: true });
  for (const [name, extra] of Object.entries(variants)) await compileVariant(name, extra, files);
  writeFileSync(`${stamp}.new`, wanted);
  renameSync(`${stamp}.new`, stamp); // after all the programs: an interrupted run is done again
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compilePrograms();
