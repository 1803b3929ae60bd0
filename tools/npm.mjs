// npm's packages: what the page and the tests are made with. rouse itself has none.
import { existsSync } from 'node:fs';
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

export function packagesAreThere() {
  return needed.every((name) => existsSync(`${root}/node_modules/${name}/package.json`));
}

/** npm's packages, where they are not installed yet. */
export async function installPackages() {
  if (packagesAreThere()) return;
  console.log('installing npm packages');
  const quiet = ['--no-audit', '--no-fund'];
  const exact = await run('npm', ['ci', ...quiet]);
  if (exact.code === 0) return;
  // npm ci refuses a lock file that leaves out optional packages of other platforms.
  const { code, output } = await run('npm', ['install', '--no-save', ...quiet]);
  if (code !== 0) throw new Error(`npm ci failed\n${exact.output}\nnpm install failed\n${output}`);
}
