// Compiles the lessons' C with the clang that npm carries: no root, no Emscripten, no CMake. Outputs
// are kept under build/web by a hash of everything that goes in, so a second start compiles nothing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { root } from './process.mjs';

const cache = `${root}/build/web`;
const host = 'wasm/js_host.c';
const includes = ['-Iruntime/include'];
const compileFlags = ['-DROUSE_JS', '-DROUSE_TRACE=1', '-std=gnu11', '-Oz', '-Wall', '-Wextra'];
const linkFlags = ['-mexec-model=reactor', '-Wl,--stack-first', '-Wl,-z,stack-size=262144'];

/** The C files of a folder as clang's file tree. The compiler sees no path of this machine. */
function tree(folder) {
  const entries = readdirSync(`${root}/${folder}`, { withFileTypes: true });
  const wanted = entries.filter((entry) => entry.isDirectory() || /\.[ch]$/.test(entry.name));
  const read = (entry) => {
    const path = `${folder}/${entry.name}`;
    return [entry.name, entry.isDirectory() ? tree(path) : readFileSync(`${root}/${path}`, 'utf8')];
  };
  return Object.fromEntries(wanted.map(read).sort());
}

/** What every lesson is linked with: the same files as in CMakeLists.txt. */
function librarySources() {
  const runtime = { src: tree('runtime/src'), include: tree('runtime/include') };
  const names = Object.keys(runtime.src).filter((name) => name.endsWith('.c'));
  // clang's file tree ignores "..", so `#include "../runtime/..."` in wasm/ looks in wasm/runtime.
  const wasm = { runtime, 'js_host.c': readFileSync(`${root}/${host}`, 'utf8') };
  return { files: { runtime, wasm }, list: [host, ...names.map((name) => `runtime/src/${name}`)] };
}

async function clang(args, files) {
  const { runClang, runLLVM } = await import('@yowasp/clang');
  await runLLVM(null, {}, { fetchProgress: () => {} }); // loads it, without a line per file
  let said = '';
  const decoder = new TextDecoder();
  const stderr = (bytes) => (said += bytes ? decoder.decode(bytes, { stream: true }) : '');
  try {
    const out = await runClang(['clang', ...args], files, { stderr });
    if (said) process.stderr.write(said);
    return out;
  } catch (error) {
    throw new Error(`clang ${args[0]} failed\n${said || error.message}`, { cause: error });
  }
}

/** The library as objects, compiled once for all lessons that need it. */
async function compileLibrary({ files, list }) {
  const out = await clang(['-c', ...compileFlags, ...includes, ...list], files);
  return Object.fromEntries(Object.entries(out).filter(([name]) => name.endsWith('.o')));
}

async function link(source, text, { files }, objects) {
  const given = { ...files, ...objects, 'lesson.c': text };
  const args = [...compileFlags, ...includes, ...linkFlags, 'lesson.c', ...Object.keys(objects)];
  const out = await clang([...args, '-o', 'lesson.wasm'], given);
  if (!out['lesson.wasm']) throw new Error(`${source}: the linker gave no module`);
  return out['lesson.wasm'];
}

function hash(...parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(JSON.stringify(part));
  return sum.digest('hex').slice(0, 24);
}

function compilerVersion() {
  const about = `${root}/node_modules/@yowasp/clang/package.json`;
  return JSON.parse(readFileSync(about, 'utf8')).version;
}

/** Compiles C files (paths from the root): a map from source to the path of its module. */
export async function compileWasm(sources, say = console.log) {
  const library = librarySources();
  const base = hash(library, compileFlags, linkFlags, compilerVersion());
  const made = new Map();
  let objects;
  for (const source of sources) {
    const text = readFileSync(`${root}/${source}`, 'utf8');
    const path = `${cache}/${hash(base, text)}.wasm`;
    if (!existsSync(path)) {
      if (!objects) say('compiling the runtime to WebAssembly');
      objects ??= await compileLibrary(library);
      say(`compiling ${source}`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, await link(source, text, library, objects));
    }
    made.set(source, path);
  }
  return made;
}
