// build.ts: rouse build: from C files to a program or module for one host, with what compiler there is.
import { accessSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { EXIT, Failure, print, say, UsageError, type Command } from './command.js';
import { findCompilerFor, HOSTS, type Host } from './compilers.js';
import { INCLUDE, library, PACKAGE } from './library.js';
import { hostFlags } from './sources.js';

function compileFlags(host: Host, trace: boolean): string[] {
  const flags = ['-std=gnu11', '-ffunction-sections', '-Wall', '-Wextra'];
  if (trace) flags.push('-DROUSE_TRACE=1');
  return host === 'native' ? [...flags, '-O2', '-g'] : [...flags, '-Oz', ...hostFlags(PACKAGE, host)['compile']!];
}

function linkFlags(host: Host, sources: readonly string[]): string[] {
  if (host === 'native') return ['-Wl,--gc-sections'];
  const hasMain = sources.some((file) => /^int main\(/m.test(readFileSync(file, 'utf8')));
  const { link = [], without_main: withoutMain = [] } = hostFlags(PACKAGE, host);
  return [...(hasMain ? [] : withoutMain), ...link, '-Wl,--strip-debug'];
}

function hostNamed(name: string): Host {
  if ((HOSTS as readonly string[]).includes(name)) return name as Host;
  throw new UsageError(`--host is ${HOSTS.join(', ')}, not ${name}`);
}

/** app.c: app.wasm; for another host than JavaScript its name says so. */
function defaultOutput(host: Host, source: string): string {
  const stem = basename(source).replace(/\.c$/, '');
  return host === 'native' ? stem : host === 'js' ? `${stem}.wasm` : `${stem}.${host}.wasm`;
}

async function buildProgram(host: Host, sources: string[], output: string, trace: boolean): Promise<void> {
  const compiler = findCompilerFor(host);
  const flags = [...compiler.flags, ...compileFlags(host, trace)];
  const archive = await library(host, compiler, flags);
  const files = sources.map((file) => resolve(file));
  const out = resolve(output);
  const args = [...flags, `-I${INCLUDE}`, ...files, archive, ...linkFlags(host, files), '-o', out];
  const result = await compiler.cc(args, process.cwd());
  if (result.output) say(result.output.trimEnd());
  if (result.code !== 0) throw new Failure(`${sources.join(' ')} does not compile`);
}

export const build: Command = {
  name: 'build',
  operands: 'SOURCE...',
  summary: "Compiles C with the runtime: the system's clang where it knows wasm, else @yowasp/clang.",
  examples: ['rouse build app.c', 'rouse build --host native app.c -o app'],
  options: {
    host: { type: 'string', help: 'js (the default), wasi or native' },
    output: { type: 'string', short: 'o', help: 'the file to make' },
    trace: { type: 'boolean', help: 'record events, for rouse trace' },
  },
  least: 1,
  async run(sources, { host: name = 'js', output, trace }) {
    const host = hostNamed(String(name));
    const out = String(output ?? defaultOutput(host, sources[0]!));
    for (const source of sources) accessSync(source);
    await buildProgram(host, sources, out, trace === true);
    print(`${out}: ${statSync(out).size} bytes`);
    return EXIT.ok;
  },
};
