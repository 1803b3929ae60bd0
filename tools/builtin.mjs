// Builds dist/rouse.wasm, the runtime of futures written in JavaScript, from wasm/builtin and the core:
// with Emscripten where it is, else with a clang that knows wasm. `node tools/builtin.mjs`
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { clang } from './clang.mjs';
import { root, run, which } from './process.mjs';

const out = 'dist/rouse.wasm';
const list = (folder, ending) =>
  readdirSync(`${root}/${folder}`)
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => `${folder}/${file}`);
// A link of objects takes what is referred to weakly, too: these are the long reports, and descriptors and
// files, which JavaScript has of its own, or has not.
const core = list('runtime/src', '.c').filter(
  (path) => !/\/(waits|why|dump_json|trace_json|test_runs|status|fd_wait|blocking|file|file_job|net)\.c$/.test(path),
);
const sources = [...list('wasm/builtin', '.c'), ...core, 'wasm/js_host.c'];
const headers = [...list('runtime/include/rouse', '.h'), ...list('runtime/src', '.h'), 'wasm/js_host.h'];
const common = ['-DROUSE_JS', '-std=gnu11', '-Oz', '-flto', '-Iruntime/include', '-Iruntime/src'];
const link = ['-Wl,--stack-first', '-Wl,-z,stack-size=65536'];

function emscripten() {
  const emcc = which('emcc') ?? (process.env.EMSDK && `${process.env.EMSDK}/upstream/emscripten/emcc`);
  if (!emcc || !existsSync(emcc)) return undefined;
  const library = '--js-library=wasm/emscripten/rouse_host.js';
  const flags = ['-sSTANDALONE_WASM', '--no-entry', '-sALLOW_MEMORY_GROWTH', '-sMALLOC=emmalloc'];
  return [emcc, [...common, ...flags, library, ...link, ...sources, '-o', out]];
}

function systemClang() {
  const found = which('clang-19', 'clang');
  const libc = '/usr/include/wasm32-wasi';
  if (!found || !existsSync(libc)) return undefined;
  const target = ['--target=wasm32-wasi', '--sysroot=/usr', '-isystem', libc, '-mexec-model=reactor'];
  return [found, [...target, ...common, '-mbulk-memory', '-Wl,-s', ...link, ...sources, '-o', out]];
}

/** The clang that npm carries. */
const npmClang = () =>
  clang([...common, '-mexec-model=reactor', '-mbulk-memory', '-Wl,-s', ...link, ...sources, '-o', out]);

/** Up to date afterwards. Gives its size. */
export async function buildBuiltin() {
  const hash = createHash('sha256').update(JSON.stringify([common, link]));
  for (const path of [...sources, ...headers, 'tools/builtin.mjs']) hash.update(readFileSync(`${root}/${path}`));
  const wanted = hash.digest('hex');
  const stamp = `${root}/build/builtin.stamp`;
  const isThere = existsSync(`${root}/${out}`) && existsSync(stamp);
  if (!isThere || readFileSync(stamp, 'utf8') !== wanted) {
    mkdirSync(`${root}/dist`, { recursive: true });
    mkdirSync(`${root}/build`, { recursive: true });
    const [command, args] = emscripten() ?? systemClang() ?? [];
    if (command) {
      const { code, output } = await run(command, args);
      if (code !== 0) throw new Error(`${command} failed\n${output}`);
    } else await npmClang();
    writeFileSync(stamp, wanted);
  }
  const bytes = readFileSync(`${root}/${out}`);
  writeInline(bytes);
  return bytes.length;
}

/** What 'rouse/inline' brings along: the same bytes as text, which wasm/js/inline.ts reads. A byte below 90 is
    a letter from # to |, with ! in place of \\; one of the next 90 has } before its letter, the last ones ~. This
    is shorter than base64, and as each byte begins a letter it is compressed as well as the bytes are. */
function writeInline(bytes) {
  const letter = (n) => (n + 35 === 92 ? '!' : String.fromCharCode(n + 35));
  const text = Array.from(bytes, (byte) => ['', '}', '~'][Math.floor(byte / 90)] + letter(byte % 90)).join('');
  writeFileSync(`${root}/dist/rouse.wasm.js`, `export default "${text}";\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`${out}: ${await buildBuiltin()} bytes`);
