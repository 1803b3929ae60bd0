// Builds dist/rouse.wasm, the runtime of futures written in JavaScript, from wasm/builtin and the core:
// with Emscripten where it is, else with a clang that knows wasm. `node tools/builtin.mjs`
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run, which } from './process.mjs';
import { npmClang, succeed, systemClang } from './wasm-clang.mjs';
import { coreSources, headers } from '../wasm/npm/cli/sources.js';

const out = 'dist/rouse.wasm';
const folder = `${root}/build/builtin`;
const entries = ['wasm/builtin/builtin.c', 'wasm/builtin/objects.c'];
const library = [...coreSources(root), 'wasm/js/js_host.c'];
const compileFlags = ['-DROUSE_JS', '-std=gnu11', '-Oz', '-flto', `-I${root}/runtime/include`];
const linkFlags = ['-Wl,--stack-first', '-Wl,-z,stack-size=65536'];

function emscripten() {
  const emcc = which('emcc') ?? (process.env.EMSDK && `${process.env.EMSDK}/upstream/emscripten/emcc`);
  if (!emcc || !existsSync(emcc)) return undefined;
  const bridge = `--js-library=${root}/wasm/emscripten/rouse_host.js`;
  return {
    cc: (args) => run(emcc, args, { cwd: folder }),
    ar: (args) => run(emcc.replace(/emcc$/, 'emar'), args, { cwd: folder }),
    compile: [],
    link: ['-sSTANDALONE_WASM', '--no-entry', '-sALLOW_MEMORY_GROWTH', '-sMALLOC=emmalloc', bridge],
  };
}

const withReactor = (clang) => ({ ...clang, link: ['-mexec-model=reactor', ...clang.link] });

/** The library is an archive, so that what is only referred to weakly, such as the long reports, stays out. */
async function compile() {
  const { cc, ar, compile: more, link } = emscripten() ?? withReactor(systemClang(folder) ?? npmClang(folder));
  const flags = [...compileFlags, ...more];
  const absolute = (paths) => paths.map((path) => `${root}/${path}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await succeed(cc([...flags, '-c', ...absolute(library)]), 'compiling the runtime');
  const objects = library.map((path) => `${basename(path, '.c')}.o`);
  await succeed(ar(['qc', 'library.a', ...objects]), 'ar');
  const output = ['-o', `${root}/${out}`];
  await succeed(cc([...flags, ...link, ...linkFlags, ...absolute(entries), 'library.a', ...output]), 'linking');
}

function digest() {
  const hash = createHash('sha256');
  for (const path of [...entries, ...library, ...headers(root), 'tools/builtin.mjs'])
    hash.update(readFileSync(`${root}/${path}`));
  return hash.digest('hex');
}

/** Up to date afterwards. Gives its size. */
export async function buildBuiltin() {
  const wanted = digest();
  const stamp = `${root}/build/builtin.stamp`;
  const isThere = existsSync(`${root}/${out}`) && existsSync(stamp);
  if (!isThere || readFileSync(stamp, 'utf8') !== wanted) {
    mkdirSync(`${root}/dist`, { recursive: true });
    await compile();
    writeFileSync(stamp, wanted);
  }
  const bytes = readFileSync(`${root}/${out}`);
  writeInline(bytes);
  return bytes.length;
}

/** What 'rouse/inline' brings along: the same bytes as text, which wasm/npm/inline.ts reads. A byte below 90 is
    a letter from # to |, with ! in place of \\; one of the next 90 has } before its letter, the last ones ~. This
    is shorter than base64, and as each byte begins a letter it is compressed as well as the bytes are. */
function writeInline(bytes) {
  const letter = (n) => (n + 35 === 92 ? '!' : String.fromCharCode(n + 35));
  const text = Array.from(bytes, (byte) => ['', '}', '~'][Math.floor(byte / 90)] + letter(byte % 90)).join('');
  writeFileSync(`${root}/dist/rouse.wasm.js`, `export default "${text}";\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`${out}: ${await buildBuiltin()} bytes`);
