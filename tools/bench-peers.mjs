// The peers that the benchmarks are set beside, under build/bench-peers. What cannot be built here is
// named and left out of the comparison.
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, root, run, which } from './process.mjs';
import { cache, canInstallDebian, installDebian, mayInstall } from './install.mjs';

const sources = join(root, 'tests/bench/peers');
const folder = join(root, 'build/bench-peers');
const workspace = join(folder, 'rust');
const wasmFolder = join(folder, 'wasm');
const newest = join(root, 'tools/newest');
const writing = ['--write', 'build/bench-peers'];
const WASM_BINDGEN = '0.2.130'; // the crate's version in Cargo.toml: both must be the same

/** Runs a step that makes `path`: { path } or { missing: why }. */
async function make(path, command, args, options) {
  const { code, output } = await run(command, args, options);
  return code === 0 ? { path } : { missing: lastLines(output, 3).replaceAll('\n', ' / ') };
}

/** cargo writes its lock file beside the manifest, so the workspace is copied; with its times, for it
    builds again what is newer. */
function copyWorkspace() {
  const asItIs = { recursive: true, preserveTimestamps: true };
  const isCrate = (name) => existsSync(join(sources, name, 'Cargo.toml'));
  for (const name of readdirSync(sources).filter(isCrate)) cpSync(join(sources, name), join(workspace, name), asItIs);
  cpSync(join(sources, 'Cargo.toml'), join(workspace, 'Cargo.toml'), asItIs);
}

// ---- native ----------------------------------------------------------------------------------------

const compile = (name, compiler, ...args) =>
  make(join(folder, name), compiler, ['-O2', '-o', join(folder, name), ...args]);

async function hasLibuv() {
  const input = '#include <uv.h>\nint main(void) { return !uv_version(); }\n';
  const args = ['-x', 'c', '-', '-o', join(folder, 'has-libuv'), '-luv'];
  return (await run('gcc', args, { input })).code === 0;
}

async function buildLibuv() {
  if (!(await hasLibuv()) && canInstallDebian()) await installDebian(['libuv1-dev']);
  if (!(await hasLibuv())) return { missing: 'no libuv headers (Debian: libuv1-dev)' };
  return compile('uv', 'gcc', join(sources, 'libuv/uv.c'), '-luv');
}

function cargo(crate, binary) {
  const target = join(folder, 'target');
  const args = ['build', '--quiet', '--release', '-p', crate, '--bin', binary];
  const options = { cwd: workspace, env: { CARGO_TARGET_DIR: target } };
  return make(join(target, 'release', binary), 'cargo', args, options);
}

/** Peer -> { path } or { missing: why }. */
export async function nativePeers() {
  mkdirSync(workspace, { recursive: true });
  copyWorkspace();
  const go = join(folder, 'go-bench');
  return {
    floor: await compile('floor', 'gcc', join(sources, 'floor/floor.c')),
    cxx20: await compile('cxx20', 'g++', '-std=c++20', join(sources, 'cxx20/coro.cpp')),
    tokio: await cargo('peer-tokio', 'tokio-bench'),
    futures: await cargo('peer-futures', 'futures-bench'),
    smol: await cargo('peer-async-executor', 'smol-bench'),
    go: await make(go, 'go', ['build', '-o', go, '.'], { cwd: join(sources, 'go') }),
    libuv: await buildLibuv(),
  };
}

// ---- wasm ------------------------------------------------------------------------------------------

const wasi = join(wasmFolder, 'wasm32-wasip1/release');
const bindings = join(wasmFolder, 'wbg');

/** The wasm peers that `npm run bench:setup` has built. */
export function wasmPeers() {
  const built = (path) => (existsSync(path) ? { path } : { missing: 'npm run bench:setup builds it' });
  const command = (path) => ({ kind: 'wasi', ...built(path) });
  return {
    floor: command(join(wasmFolder, 'floor.wasm')),
    cxx20: command(join(wasmFolder, 'cxx20.wasm')),
    tokio: command(join(wasi, 'tokio-bench.wasm')),
    futures: command(join(wasi, 'futures-bench.wasm')),
    smol: command(join(wasi, 'smol-bench.wasm')),
  };
}

/** Peers that only a JavaScript engine has. */
export function scriptPeers() {
  const wbg = existsSync(bindings) ? { path: bindings } : { missing: 'npm run bench:setup builds it' };
  const bridges = existsSync(join(bindings, 'floor-bridge.wasm'))
    ? wbg
    : { missing: 'npm run bench:setup builds them' };
  return { js: { kind: 'js' }, wbg: { kind: 'js', ...wbg }, bridges: { kind: 'bridges', ...bridges } };
}

/** What JavaScript calls and C awaits: the floor, and Emscripten's three ways, by the newest emcc. */
async function buildBridges() {
  mkdirSync(bindings, { recursive: true });
  const bare = ['--target=wasm32', '-O2', '-nostdlib', '-fno-builtin', '-Wl,--no-entry'];
  const out = join(bindings, 'floor-bridge.wasm');
  const clang = which('clang-19', 'clang') ?? 'clang';
  const floor = await make('', clang, [...bare, join(sources, 'floor/bridge.c'), '-o', out]);
  const flags = '-O3 -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,node -sALLOW_MEMORY_GROWTH';
  const exported = 'await_resolved,pending_once,sleep0,ready';
  const script = `
    cd ${join(sources, 'emscripten')} && E=${bindings} &&
    emcc bridge.c ${flags} -sASYNCIFY -sEXPORTED_RUNTIME_METHODS=ccall -o $E/asyncify.mjs &&
    emcc bridge.c ${flags} -sJSPI -sJSPI_EXPORTS=${exported} -o $E/jspi.mjs &&
    em++ -std=c++20 val.cpp ${flags} -lembind -o $E/val.mjs`;
  return { 'floor of the bridge': floor, Emscripten: await make('', newest, [...writing, 'sh', '-c', script]) };
}

/** C and C++ with the compiler that builds ours. */
async function buildWasmC() {
  const headers = '/usr/include/wasm32-wasi';
  const libcxx = `${headers}/c++/v1`;
  if (!existsSync(libcxx) && canInstallDebian())
    await installDebian(['libc++-19-dev-wasm32', 'libc++abi-19-dev-wasm32']);
  const build = (name, compilers, source, first = []) => {
    const target = ['--target=wasm32-wasi', '--sysroot=/usr', '-O3', '-mbulk-memory'];
    const args = [...target, ...first, '-isystem', headers, '-o', join(wasmFolder, `${name}.wasm`)];
    return make('', which(...compilers) ?? compilers[0], [...args, join(sources, source)]);
  };
  const cxx = ['-isystem', libcxx, '-std=c++20', '-fno-exceptions', '-mtail-call'];
  return {
    floor: await build('floor', ['clang-19', 'clang'], 'floor/floor.c'),
    cxx20: await build('cxx20', ['clang++-19', 'clang++'], 'cxx20/coro.cpp', cxx),
  };
}

/** Debian's newest rustc has the wasm targets; crates are fetched out here, where cargo is set up. */
async function buildWasmRust() {
  const vendor = join(folder, 'vendor');
  const { code, output } = await run('cargo', ['vendor', '--quiet', vendor], { cwd: workspace });
  if (code !== 0) return { missing: lastLines(output, 3) };
  const config = join(folder, 'vendored.toml');
  const lines = ['source.crates-io.replace-with = "vendored"', `source.vendored.directory = "${vendor}"`];
  writeFileSync(config, lines.join('\n'));
  const packages = 'rustc cargo libstd-rust-dev-wasm32 lld';
  const build = `cargo --config ${config} build --quiet --offline --release --target`;
  const script = `
    command -v cargo >/dev/null || {
      apt-get update -qq
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packages}
    } >/dev/null 2>&1
    export CARGO_TARGET_DIR=${wasmFolder} CARGO_TARGET_WASM32_WASIP1_LINKER=wasm-ld
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld
    cd ${workspace}
    ${build} wasm32-wasip1 -p peer-tokio -p peer-futures -p peer-async-executor &&
    ${build} wasm32-unknown-unknown -p peer-wasm-bindgen`;
  return make('', newest, [...writing, 'sh', '-c', script]);
}

async function buildBindings() {
  const home = join(cache, `wasm-bindgen-${WASM_BINDGEN}`);
  const tool = join(home, 'bin/wasm-bindgen');
  if (!existsSync(tool)) {
    if (!mayInstall) return { missing: 'wasm-bindgen-cli, which ROUSE_INSTALL=0 forbids installing' };
    const args = ['install', '--quiet', 'wasm-bindgen-cli', '--version', WASM_BINDGEN, '--root', home];
    const installed = await make(tool, 'cargo', args);
    if (installed.missing) return installed;
  }
  const module = join(wasmFolder, 'wasm32-unknown-unknown/release/peer_wasm_bindgen.wasm');
  const into = join(bindings, 'wbg'); // where bridges.mjs looks for it
  return make('', tool, ['--target', 'web', '--no-typescript', '--out-dir', into, module]);
}

/** Builds all of them, and installs what that needs. Peer -> { missing: why }, if anything. */
export async function buildWasmPeers() {
  mkdirSync(wasmFolder, { recursive: true });
  const c = { ...(await buildWasmC()), ...(await buildBridges()) };
  const rust = await buildWasmRust();
  const wbg = rust.missing ? rust : await buildBindings();
  return { ...c, 'tokio, futures, smol': rust, 'wasm-bindgen': wbg };
}
