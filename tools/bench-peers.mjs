// Builds the peers of the native benchmarks under build/bench-peers. What cannot be built here is
// named and left out of the comparison.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  return {
    ok: done.status === 0,
    out: done.stdout ?? '',
    error: done.error?.code === 'ENOENT' ? `no ${command}` : (done.stderr ?? '').trim(),
  };
}

/** The first line a tool says about its version; null without the tool. */
export function version(command, ...args) {
  const said = run(command, args.length ? args : ['--version']);
  return said.ok ? said.out.split('\n')[0] : null;
}

const last = (text) => text.split('\n').slice(-3).join(' / ');

function compile(into, compiler, ...args) {
  const built = run(compiler, ['-O2', '-o', into, ...args]);
  return built.ok ? { program: into } : { missing: last(built.error) };
}

const hasLibuv = (folder) => {
  const probe = join(folder, 'has-libuv');
  return run('gcc', ['-x', 'c', '-', '-o', probe, '-luv'], {
    input: '#include <uv.h>\nint main(void) { return !uv_version(); }\n',
  }).ok;
};

function installLibuv() {
  if (process.getuid?.() !== 0) return;
  const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  run('apt-get', ['install', '-y', '-qq', 'libuv1-dev'], quiet);
}

function buildLibuv(sources, folder) {
  if (!hasLibuv(folder)) installLibuv();
  if (!hasLibuv(folder)) return { missing: 'no libuv headers (libuv1-dev)' };
  return compile(join(folder, 'uv'), 'gcc', join(sources, 'libuv/uv.c'), '-luv');
}

function buildGo(sources, folder) {
  const into = join(folder, 'go-bench');
  const built = run('go', ['build', '-o', into, '.'], { cwd: join(sources, 'go') });
  return built.ok ? { program: into } : { missing: last(built.error) };
}

/** The workspace is copied: cargo writes its lock file beside the manifest. */
function copyWorkspace(sources, folder) {
  const workspace = join(folder, 'rust');
  for (const part of ['Cargo.toml', 'rust-harness', 'tokio', 'futures-rs', 'async-executor', 'wasm-bindgen'])
    cpSync(join(sources, part), join(workspace, part), { recursive: true });
  return workspace;
}

function buildRust(sources, folder) {
  const workspace = copyWorkspace(sources, folder);
  const target = join(folder, 'target');
  const build = (crate, binary) => {
    const args = ['build', '--quiet', '--release', '-p', crate, '--bin', binary];
    const env = { ...process.env, CARGO_TARGET_DIR: target };
    const built = run('cargo', args, { cwd: workspace, env });
    return built.ok ? { program: join(target, 'release', binary) } : { missing: last(built.error) };
  };
  return {
    tokio: build('peer-tokio', 'tokio-bench'),
    futures: build('peer-futures', 'futures-bench'),
    smol: build('peer-async-executor', 'smol-bench'),
  };
}

/** Peer -> { program } or { missing: why }. */
export function buildPeers(sources, folder) {
  mkdirSync(folder, { recursive: true });
  return {
    floor: compile(join(folder, 'floor'), 'gcc', join(sources, 'floor/floor.c')),
    cxx20: compile(join(folder, 'cxx20'), 'g++', '-std=c++20', join(sources, 'cxx20/coro.cpp')),
    ...buildRust(sources, folder),
    go: buildGo(sources, folder),
    libuv: buildLibuv(sources, folder),
  };
}

/** Our programs, from the preset made for them. */
export function buildOurs(root) {
  for (const args of [['--preset', 'native-bench'], ['--build', '--preset', 'native-bench']]) {
    const built = run('cmake', args, { cwd: root });
    if (!built.ok) throw new Error(`cmake ${args.join(' ')}\n${built.out}${built.error}`);
  }
  const folder = join(root, 'build/native-bench/tests/bench');
  if (!existsSync(folder)) throw new Error(`${folder} was not built`);
  return folder;
}
