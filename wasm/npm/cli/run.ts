// run.ts: rouse run: a module of either host, in Node.
import { writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Program, type LoadOptions } from '../index.js';
import { RouseError } from '../base/errors.js';
import type { ImportTable } from '../bridge/imports.js';
import { Machine } from '../bridge/machine.js';
import { EXIT, Failure, readInput, say, UsageError, type Command } from './command.js';

const TRAPPED = 134; // the exit code of a native abort

function milliseconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0)) throw new UsageError(`--timeout takes seconds, not ${text}`);
  return seconds * 1000;
}

/** A WASI module: Node's own engine runs it. */
async function runWasi(bytes: Uint8Array<ArrayBuffer>, args: string[]): Promise<number> {
  process.removeAllListeners('warning'); // no warning that node:wasi is experimental
  const { WASI } = await import('node:wasi');
  const wasi = new WASI({
    version: 'preview1',
    args,
    env: process.env as Record<string, string>,
    preopens: { '.': '.' },
    returnOnExit: true,
  });
  const module = await WebAssembly.compile(bytes);
  const imports = wasi.getImportObject() as WebAssembly.Imports;
  return wasi.start(await WebAssembly.instantiate(module, imports)) as number;
}

/** The exports of a JavaScript file, for ROUSE_IMPORT. */
async function importsOf(path: string): Promise<ImportTable> {
  try {
    return await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    throw new Failure(`${path}: ${(error as Error).message}`);
  }
}

async function runProgram(
  bytes: Uint8Array<ArrayBuffer>,
  { imports, ...options }: LoadOptions & { imports: ImportTable | undefined },
  limit?: number,
): Promise<number> {
  const write = (fd: number) => (text: string) => void writeSync(fd, text);
  let reads = false;
  async function* stdin() {
    reads = true; // only then is it opened
    yield* process.stdin;
  }
  const streams = { stdin: stdin(), stdout: write(1), stderr: write(2) };
  const program = await Program.load(bytes, {
    ...options,
    ...streams,
    host: (owner, given) => new Machine(owner, { ...given, imports }),
  });
  let late = false;
  process.once('SIGINT', () => program.cancel());
  const timer = limit && setTimeout(() => ((late = true), program.cancel()), limit);
  const code = await program.run();
  clearTimeout(timer || undefined);
  if (reads) process.stdin.destroy(); // else it would keep Node alive
  return late ? EXIT.timeout : code;
}

function trapped(error: unknown): number {
  if (!(error instanceof RouseError || error instanceof WebAssembly.RuntimeError)) throw error;
  say(error.message);
  return TRAPPED;
}

export const run: Command = {
  name: 'run',
  operands: 'MODULE [ARGUMENTS...]',
  summary:
    'Runs a module that was linked for JavaScript or WASI (- is stdin). Exits with its code, or 124 after --timeout.',
  examples: ['rouse run app.wasm', 'rouse run --timeout 2 app.wasm --verbose input.txt'],
  options: {
    timeout: { type: 'string', help: 'cancel it after this many seconds (JavaScript host)' },
    imports: { type: 'string', help: 'a JavaScript file whose exports C calls (ROUSE_IMPORT)' },
  },
  least: 1,
  passesOn: true,
  async run([path, ...args], { timeout, imports: file }) {
    const limit = timeout === undefined ? undefined : milliseconds(String(timeout));
    const bytes = readInput(path!);
    const imports = file === undefined ? undefined : await importsOf(String(file));
    try {
      return await runProgram(bytes, { args, imports }, limit);
    } catch (error) {
      if (!(error instanceof RouseError)) throw error;
      if (error.code === 'WRONG_HOST') {
        if (limit) throw new UsageError(`--timeout is for the JavaScript host: ${path} is a module for WASI`);
        return runWasi(bytes, [path!, ...args]).catch(trapped);
      }
      const hint = error.code === 'MISSING_IMPORT' && !file ? ' (here: --imports FILE)' : '';
      if (error.code !== 'TRAPPED') throw new Failure(`${path}: ${error.message}${hint}`);
      return trapped(error);
    }
  },
};
