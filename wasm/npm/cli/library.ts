// library.ts: the runtime, compiled from the package's own sources into an archive that is kept.
//
// Invariant: a folder of the cache with its final name holds a whole archive, made from what its name
// is the hash of.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure, say } from './command.js';
import type { Compiler, Host } from './compilers.js';
import { coreSources, headers, hostSources } from './sources.js';

export const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
export const INCLUDE = join(PACKAGE, 'runtime/include');

/** Beside the project's packages; in the user's cache if there are none. */
function cacheFolder(): string {
  const own = resolve('node_modules');
  if (existsSync(own)) return join(own, '.cache/rouse');
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'rouse/build');
}

function hash(sources: readonly string[], parts: unknown): string {
  const sum = createHash('sha256').update(JSON.stringify(parts));
  for (const file of [...sources, ...headers(PACKAGE)]) sum.update(file).update(readFileSync(join(PACKAGE, file)));
  return sum.digest('hex').slice(0, 24);
}

async function compile(compiler: Compiler, flags: readonly string[], sources: string[], folder: string) {
  const files = sources.map((source) => join(PACKAGE, source));
  const compiled = await compiler.cc([...flags, `-I${INCLUDE}`, '-c', ...files], folder);
  if (compiled.code !== 0) throw new Failure(`the runtime does not compile\n${compiled.output}`);
  const objects = sources.map((source) => `${basename(source, '.c')}.o`);
  const packed = await compiler.ar(['qc', 'librouse.a', ...objects], folder);
  if (packed.code !== 0) throw new Failure(`ar failed\n${packed.output}`);
}

/** The archive's path. The first call compiles it, which takes seconds. */
export async function library(host: Host, compiler: Compiler, flags: readonly string[]): Promise<string> {
  const sources = [...coreSources(PACKAGE), ...hostSources(PACKAGE, host)];
  const cache = cacheFolder();
  const folder = join(cache, hash(sources, [compiler.name, flags]));
  if (!existsSync(folder)) {
    say(`compiling the runtime with ${compiler.name}, once`);
    mkdirSync(cache, { recursive: true });
    const making = mkdtempSync(join(cache, 'making-'));
    try {
      await compile(compiler, flags, sources, making);
      if (!existsSync(folder)) renameSync(making, folder);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  return join(folder, 'librouse.a');
}
