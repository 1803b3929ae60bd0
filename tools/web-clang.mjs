// Compiles the lessons' C with the clang that npm carries: no root, no Emscripten, no CMake. Outputs
// are kept under build/web by a hash of everything that goes in, so a second start compiles nothing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { archive, clang, compilerVersion } from './clang.mjs';
import { root } from './process.mjs';

const cache = `${root}/build/web`;
const host = 'wasm/js_host.c';
const includes = ['-Iruntime/include'];
const compileFlags = ['-DROUSE_JS', '-DROUSE_TRACE=1', '-std=gnu11', '-Oz', '-mbulk-memory', '-Wall', '-Wextra'];
const linkFlags = ['-mexec-model=reactor', '-Wl,-s', '-Wl,--stack-first', '-Wl,-z,stack-size=262144'];
// The page finds a lesson's lines by this name.
const names = (source) => [`-fmacro-prefix-map=${source}=lesson.c`];

function filesOf(folder, ending) {
  const list = readdirSync(`${root}/${folder}`, { recursive: true });
  return list.filter((name) => ending.test(name)).sort().map((name) => `${folder}/${name}`);
}

/** What every lesson is linked with: the same files as in CMakeLists.txt. */
const librarySources = () => [host, ...filesOf('runtime/src', /\.c$/), ...filesOf('wasm', /^(any_.*|js_(fds|files|waiting))\.c$/)];
const libraryFiles = () => [...librarySources(), 'wasm/js_host.h', ...filesOf('runtime', /\.h$/)];

function hash(...parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(JSON.stringify(part));
  return sum.digest('hex').slice(0, 24);
}

const textOf = (file) => readFileSync(`${root}/${file}`, 'utf8');

/** The library, compiled once for all lessons that need it: the path of an archive, for what is only
    referred to weakly, like the long reports, stays out of a link with one. */
async function compileLibrary(base) {
  const objects = [];
  for (const source of librarySources()) {
    objects.push(`${cache}/${base}/${basename(source, '.c')}.o`);
    await clang(['-c', ...compileFlags, ...includes, source, '-o', objects.at(-1)]);
  }
  return archive(`${cache}/${base}/librouse.a`, objects);
}

async function link(source, library, path) {
  const flags = [...compileFlags, ...names(source), ...includes, ...linkFlags];
  await clang([...flags, source, library, '-o', `${path}.new`]);
  renameSync(`${path}.new`, path); // whole, or not there
}

/** Compiles C files (paths from the root): a map from source to the path of its module. */
export async function compileWasm(sources, say = console.log) {
  const base = hash(libraryFiles().map((file) => [file, textOf(file)]), compileFlags, linkFlags, compilerVersion());
  const made = new Map();
  let library;
  for (const source of sources) {
    const path = `${cache}/${hash(base, textOf(source))}.wasm`;
    if (!existsSync(path)) {
      if (!library) say('compiling the runtime to WebAssembly');
      library ??= await compileLibrary(base);
      say(`compiling ${source}`);
      mkdirSync(dirname(path), { recursive: true });
      await link(source, library, path);
    }
    made.set(source, path);
  }
  return made;
}
