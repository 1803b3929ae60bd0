// npm's packages: what the page and the tests are made with. rouse itself has none.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { cache, mayInstall } from './install.mjs';
import { root, run } from './process.mjs';

const needed = [
  'typescript',
  'acorn',
  '@yowasp/clang',
  'jest',
  'prettier',
  'puppeteer-core',
  'axe-core',
  'esbuild',
  'publint',
  '@arethetypeswrong/cli',
  '@codemirror/view',
];
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

export function packagesAreThere() {
  return needed.every((name) => existsSync(`${root}/node_modules/${name}/package.json`));
}

/** npm's packages, where they are not installed yet. */
export async function installPackages() {
  if (packagesAreThere()) return;
  if (!mayInstall) throw new Error("npm's packages are missing (npm ci), and ROUSE_INSTALL=0 forbids installing them");
  const exact = await run('npm', ['ci', ...quiet]);
  if (exact.code === 0) return;
  // npm ci refuses a lock file that leaves out optional packages of other platforms.
  const { code, output } = await run('npm', ['install', '--no-save', ...quiet]);
  if (code !== 0) throw new Error(`npm ci failed\n${exact.output}\nnpm install failed\n${output}`);
}

// ---- The bundlers and runtimes that the suite `packages` tests with, in the cache --------------------

const consumers = join(root, 'tests/packages/tools');

function consumersFolder() {
  const sum = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) sum.update(readFileSync(join(consumers, file)));
  return join(cache, `consumers-${sum.digest('hex').slice(0, 12)}`);
}

/** Their node_modules; undefined if they are not installed. */
export const findConsumers = () => [join(consumersFolder(), 'node_modules')].find(existsSync);

export async function installConsumers() {
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(`${consumersFolder()}-`);
  cpSync(consumers, making, { recursive: true });
  const { code, output } = await run('npm', ['install', ...quiet], { cwd: making });
  if (code !== 0) throw new Error(`npm install failed\n${output}`);
  renameSync(making, consumersFolder());
}
