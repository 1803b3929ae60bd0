// Where the benchmarks run: how ours are built for a host, and how a program is run there.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runInPage } from './bench-page.mjs';
import { root } from './process.mjs';
import { findTool } from './setup.mjs';

const TIMEOUT_MS = 180_000;
const js = join(root, 'tests/bench/peers/js');

/** Runs a command: { out, error }, where error is undefined after success. */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, timeout: TIMEOUT_MS, ...options });
    let out = '';
    let said = '';
    child.stdin?.end(options.input);
    child.stdout?.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', ({ message }) => resolve({ out, error: message }));
    child.on('close', (code, signal) => {
      resolve({ out, error: code === 0 ? undefined : `${said.trim()} (${signal ?? code})` });
    });
  });
}

const inNode = ({ kind, path }, args) => {
  if (kind === 'ours') return [join(root, 'tools/run-wasm.mjs'), path, ...args];
  if (kind === 'bridge') return [join(root, 'tests/bench/bridge.mjs'), path, ...args];
  if (kind === 'bridges') return [join(js, 'bridges-node.mjs'), path, ...args];
  if (kind === 'wasi') return ['--no-warnings', join(js, 'wasi.mjs'), path, ...args];
  return ['--expose-gc', join(js, 'main.mjs'), args[0] ?? '', ...(path ? [path] : [])];
};

// A program is { kind, path }: 'ours'; 'bridge', ours that JavaScript calls; 'wasi', a peer's command; 'js',
// plain promises or, with a path, wasm-bindgen's folder; 'bridges', the folder of all that JavaScript calls. `needs`
// are names in tools/setup.mjs.
export const hosts = {
  native: {
    preset: 'native-bench',
    needs: ['cmake'],
    run: ({ path }, args, env, options) => capture(path, args, { env: { ...process.env, ...env }, ...options }),
  },
  wasmtime: {
    preset: 'wasi-bench',
    needs: ['cmake', 'wasi', 'wasmtime'],
    run: async ({ path }, args, _env, options) => capture(await findTool('wasmtime'), ['run', path, ...args], options),
  },
  node: {
    preset: 'wasi-js-bench',
    needs: ['cmake', 'wasi', 'npm'],
    run: (program, args) => capture(process.execPath, inNode(program, args)),
  },
  chromium: {
    preset: 'wasi-js-bench',
    needs: ['cmake', 'wasi', 'npm', 'chromium'],
    run: async (program, args) => runInPage('chromium', program, args),
  },
};

/** The first tool that a host lacks; undefined if it can be used. */
export async function lacks({ needs }) {
  for (const name of needs) if (!(await findTool(name))) return name;
  return undefined;
}

/** Builds our programs for a host, and gives the path of each by its name. */
export async function buildOurs({ preset, needs }) {
  const steps = [
    ['cmake', '--preset', preset],
    ['cmake', '--build', '--preset', preset],
  ];
  if (needs.includes('npm')) steps.unshift(['npx', 'tsc', '-p', '.']);
  for (const [command, ...args] of steps) {
    const built = await capture(command, args, { timeout: 600_000 });
    if (built.error) throw new Error(`${command} ${args.join(' ')}\n${built.out}${built.error}`);
  }
  const suffix = preset.startsWith('native') ? '' : '.wasm';
  return (name) => {
    const path = join(root, 'build', preset, `tests/bench/bench_${name}${suffix}`);
    if (!existsSync(path)) throw new Error(`${path} was not built`);
    return path;
  };
}
