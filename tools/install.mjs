// May we install, where to, and how Debian does it.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { lastLines, run, which } from './process.mjs';

/** What is slow to make is kept here, outside the clone. */
export const cache = process.env.ROUSE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'rouse');

export const mayInstall = process.env.ROUSE_INSTALL !== '0';

export const canInstallDebian = () => mayInstall && process.getuid?.() === 0 && which('apt-get') !== undefined;

let updating;

/** apt takes a lock: two of these run one after the other. */
export async function installDebian(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  updating ??= run('apt-get', ['update', '-qq'], { env });
  await updating;
  const args = ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=600', ...packages];
  const { code, output } = await run('apt-get', args, { env });
  if (code !== 0) throw new Error(`apt-get install failed\n${lastLines(output)}`);
}
