// A clang for wasm32-wasi whose modules are for our own use, not for anybody's page: Debian's where it is, else the one
// that npm carries, which needs five times as long.
import { existsSync } from 'node:fs';
import { compilerVersion, runTool } from './clang.mjs';
import { root, run, which } from './process.mjs';

const LIBC = '/usr/include/wasm32-wasi';
const target = ['--target=wasm32-wasi', '--sysroot=/usr', '-isystem', LIBC];

/** { name, cc, ar, compile, link }: `cc` and `ar` run in `cwd`, with more flags for compiling and linking. */
export function systemClang(cwd = root) {
  const found = which('clang-19', 'clang');
  const ar = which('llvm-ar-19', 'llvm-ar');
  if (!found || !ar || !existsSync(LIBC)) return undefined;
  return {
    name: found,
    cc: (args) => run(found, [...target, ...args], { cwd }),
    ar: (args) => run(ar, args, { cwd }),
    compile: ['-mbulk-memory'],
    link: ['-Wl,-s'],
  };
}

export const npmClang = (cwd = root) => ({
  name: compilerVersion(),
  cc: (args) => runTool('clang', args, { cwd }),
  ar: (args) => runTool('llvm-ar', args, { cwd }),
  compile: ['-mbulk-memory'],
  link: ['-Wl,-s'],
});

export const wasmClang = (cwd) => systemClang(cwd) ?? npmClang(cwd);

export async function succeed(running, what) {
  const { code, output } = await running;
  if (code !== 0) throw new Error(`${what} failed\n${output}`);
  if (output) process.stderr.write(output);
}
