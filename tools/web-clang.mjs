// Compiles the C of lessons and of the terminal with clang from npm: no root, no Emscripten, no CMake. Outputs lie under
// build/web by a hash of everything that goes in, so a second start compiles nothing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { clang, compilerVersion, runTool } from './clang.mjs';
import { root } from './process.mjs';
import { coreSources, headers, hostFlags, hostSources } from '../wasm/npm/cli/sources.js';

const cache = `${root}/build/web`;
const includes = ['-Iruntime/include'];
const ofHost = hostFlags(root, 'js');
const ofWasi = hostFlags(root, 'wasi');
const variant = ['-DROUSE_TRACE=1', '-DROUSE_CHECKED=1', '-std=gnu11', '-Oz', '-Wall', '-Wextra'];
const compileFlags = [...ofHost.compile, ...variant];
const small = ['-lc-printscan-no-floating-point', '-Wl,--strip-all', '-Wl,--compress-relocations', '-Wl,-O2'];
const linkFlags = [...ofHost.without_main, ...ofHost.link, ...small];
const wrapFlags = ['-Wl,--wrap=rouse_i_trace,--wrap=rouse_i_trace_poll']; // by web/host
// The name of a lesson's source in its trace, wherever it lies: the page finds lines by it.
const NAME = 'lesson.c';
const names = (source) => [`-fmacro-prefix-map=${source}=${NAME}`];

/** The library as in CMakeLists.txt, and what the page adds to the host. */
const pageSources = ['web/host/page_frames.c', 'web/host/page_memory.c'];
const librarySources = () => [...pageSources, ...coreSources(root), ...hostSources(root, 'js')];

/** What a program for WASI needs besides: both hosts share the core and some more. */
const wasiSources = () => hostSources(root, 'wasi').filter((source) => !librarySources().includes(source));
const isOfJavaScript = (object) => /\/(js|page)_\w+\.o$/.test(object);

function hash(...parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(JSON.stringify(part));
  return sum.digest('hex').slice(0, 24);
}

const textOf = (file) => readFileSync(`${root}/${file}`, 'utf8');

async function compileObjects(sources, base, flags) {
  const objects = [];
  for (const source of sources) {
    objects.push(`${cache}/${base}/${basename(source, '.c')}.o`);
    await clang(['-c', ...flags, ...includes, source, '-o', objects.at(-1)]);
  }
  return objects;
}

let library;
/** The library as objects, compiled once for all who need it: their paths. */
function compileLibrary(base, say) {
  if (!library) say('compiling the runtime to WebAssembly');
  return (library ??= compileObjects(librarySources(), base, compileFlags));
}

async function link(source, objects, path) {
  const flags = [...compileFlags, ...names(source), ...includes, ...linkFlags, ...wrapFlags];
  // Linked as a library: a lesson takes only the parts it needs, and weak references pull in nothing.
  const library = ['-Wl,--start-lib', ...objects, '-Wl,--end-lib'];
  await clang([...flags, source, ...library, '-o', `${path}.new`]);
  renameSync(`${path}.new`, path); // so a file is whole or not there
}

const isHeader = /^union .*anonymous/; // its members lie at the same place: the first stands for all

/** Where the fields of the structs in a source lie, from clang's dump: {name: [[offset, depth, type, field]]}. */
function parseLayouts(dump, source) {
  const layouts = {};
  for (const record of dump.split('*** Dumping AST Record Layout').slice(1)) {
    const rows = [...record.matchAll(/^ *(\d+) \| ( *)(.*)$/gm)];
    const name = /^struct (\w+)$/.exec(rows[0]?.[3])?.[1];
    if (!name || !new RegExp(`^struct ${name} \\{`, 'm').test(source)) continue;
    let skip = Infinity; // members of unions
    layouts[name] = rows.slice(1).flatMap(([, at, space, text]) => {
      const depth = space.length / 2;
      if (depth > skip) return [];
      skip = Infinity;
      if (isHeader.test(text)) return ((skip = depth), [[Number(at), depth, 'struct rouse_future *', 'awaiting']]);
      const [, type, field] = /^(.*?) (\w+)$/.exec(text) ?? [undefined, text, ''];
      return [[Number(at), depth, type, field]];
    });
  }
  return layouts;
}

async function dumpLayouts(source, path) {
  const args = ['-fsyntax-only', '-w', ...compileFlags, ...includes, '-Xclang', '-fdump-record-layouts', source];
  const { output } = await runTool('clang', args, { cwd: root });
  writeFileSync(path, JSON.stringify(parseLayouts(output.replaceAll(`${source}:`, `${NAME}:`), textOf(source))));
}

/** A hash of everything that a compilation may read, except the source. */
function hashOfLibrary() {
  const files = [...librarySources(), ...wasiSources(), ...headers(root)].map((file) => [file, textOf(file)]);
  return hash(files, textOf('tools/web-clang.mjs'), compilerVersion());
}

/** Compiles C files (paths from the root): a map from source to the paths of its module and its layouts. */
export async function compileWasm(sources, say = console.log) {
  const base = hashOfLibrary();
  const made = new Map();
  let objects;
  for (const source of sources) {
    const path = `${cache}/${hash(base, textOf(source))}`;
    if (!existsSync(`${path}.wasm`)) {
      objects ??= await compileLibrary(base, say);
      say(`compiling ${source}`);
      mkdirSync(dirname(path), { recursive: true });
      await dumpLayouts(source, `${path}.json`);
      await link(source, objects, `${path}.wasm`); // last: if it is there, the rest is
    }
    made.set(source, { wasm: `${path}.wasm`, layouts: `${path}.json` });
  }
  return made;
}

/** The same for WASI: a map from source to the path of its module. */
export async function compileWasi(sources, say = console.log) {
  const base = hashOfLibrary();
  const flags = [...ofWasi.compile, ...variant];
  const made = new Map();
  let objects;
  for (const source of sources) {
    const path = `${cache}/${hash(base, 'wasi', textOf(source))}.wasm`;
    made.set(source, path);
    if (existsSync(path)) continue;
    say(`compiling ${source} for WASI`);
    objects ??= [
      ...(await compileLibrary(base, say)).filter((object) => !isOfJavaScript(object)),
      ...(await compileObjects(wasiSources(), base, flags)),
    ];
    await clang([
      ...flags,
      ...includes,
      ...ofWasi.link,
      ...small,
      source,
      '-Wl,--start-lib',
      ...objects,
      '-Wl,--end-lib',
      '-o',
      `${path}.new`,
    ]);
    renameSync(`${path}.new`, path);
  }
  return made;
}
