// compilers.ts: finds what can compile C for a host: the system's compiler, or the clang that npm carries.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { compilerVersion, findCompiler, runTool } from './clang.js';
import { Failure } from './command.js';

export type Host = 'js' | 'wasi' | 'native';
export const HOSTS: readonly Host[] = ['js', 'wasi', 'native'];

export interface Result {
  code: number;
  output: string;
}

export interface Compiler {
  /** For people; and for the cache: another name, other objects. */
  readonly name: string;
  /** What every call begins with. */
  readonly flags: readonly string[];
  cc(args: readonly string[], cwd: string): Promise<Result>;
  ar(args: readonly string[], cwd: string): Promise<Result>;
}

function spawned(command: string, args: readonly string[], cwd: string): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: Buffer) => void (output += chunk);
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => resolve({ code: 127, output: `${command}: ${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function which(...names: string[]): string | undefined {
  for (const name of names)
    for (const folder of (process.env.PATH ?? '').split(delimiter))
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not in this folder
      }
  return undefined;
}

function program(cc: string, ar: string, flags: string[] = []): Compiler {
  return {
    name: cc,
    flags,
    cc: (args, cwd) => spawned(cc, args, cwd),
    ar: (args, cwd) => spawned(ar, args, cwd),
  };
}

function wasiSdk(): Compiler | undefined {
  const sdk = process.env.WASI_SDK_PATH;
  return sdk ? program(join(sdk, 'bin/clang'), join(sdk, 'bin/llvm-ar'), ['--target=wasm32-wasip1']) : undefined;
}

/** Debian's wasi-libc with its clang and lld. */
function systemClang(): Compiler | undefined {
  const headers = '/usr/include/wasm32-wasi';
  const cc = which('clang', ...[22, 21, 20, 19, 18, 17, 16].map((version) => `clang-${version}`));
  const suffix = /-\d+$/.exec(cc ?? '')?.[0] ?? '';
  const ar = which(`llvm-ar${suffix}`);
  if (!cc || !ar || !which(`wasm-ld${suffix}`) || !existsSync(headers)) return undefined;
  return program(cc, ar, ['--target=wasm32-wasi', '--sysroot=/usr', '-isystem', headers]);
}

function npmClang(): Compiler | undefined {
  if (!findCompiler()) return undefined;
  return {
    name: `@yowasp/clang ${compilerVersion()}`,
    flags: [],
    cc: (args, cwd) => runTool('clang', args, { cwd }),
    ar: (args, cwd) => runTool('ar', args, { cwd }),
  };
}

function native(): Compiler | undefined {
  const cc = which(...(process.env.CC ? [process.env.CC] : []), 'cc', 'gcc', 'clang');
  return cc ? program(cc, 'ar') : undefined;
}

export function findCompilerFor(host: Host): Compiler {
  const found = host === 'native' ? native() : (wasiSdk() ?? systemClang() ?? npmClang());
  if (found) return found;
  throw new Failure(
    host === 'native'
      ? 'no C compiler on PATH (cc, gcc, clang): install one, or build for Node with --host js'
      : 'no compiler for WebAssembly: npm install --save-dev @yowasp/clang (or set WASI_SDK_PATH)',
  );
}
