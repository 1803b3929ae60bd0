// new.ts: rouse new: a folder with one async function in C, ready to run on every host.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { EXIT, Failure, print, UsageError, type Command } from './command.js';
import { PACKAGE } from './library.js';

interface Manifest {
  version: string;
  devDependencies: Record<string, string>;
}

/** npm installs nothing into a package of its own name, and refuses the others. */
const TAKEN = ['rouse', 'node_modules', 'favicon.ico'];

/** Where npm finds this package: the archive or folder that it came from, else the registry. */
function ownSource(version: string): string {
  const modules = dirname(PACKAGE.replace(/[\\/]$/, ''));
  if (basename(modules) !== 'node_modules') return `file:${PACKAGE}`;
  const lock = join(modules, '.package-lock.json');
  if (!existsSync(lock)) return `^${version}`;
  const { resolved = '' } = JSON.parse(readFileSync(lock, 'utf8')).packages['node_modules/rouse'] ?? {};
  const local = resolved.startsWith('file:');
  return local ? `file:${resolve(modules, '..', resolved.slice('file:'.length))}` : `^${version}`;
}

function manifest(name: string): object {
  const { version, devDependencies } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as Manifest;
  return {
    name,
    private: true,
    type: 'module',
    scripts: {
      prestart: 'npm install --loglevel=error --no-audit --no-fund --prefer-offline --no-progress',
      start: 'rouse build app.c && node run.js',
      page: 'rouse build app.c && node serve.js',
      native: 'rouse build --host native app.c && ./app',
      wasi: 'rouse build --host wasi app.c && rouse run app.wasi.wasm',
      types: 'rouse types app.wasm > app.d.ts',
    },
    dependencies: { rouse: ownSource(version) },
    // Optional: with a system clang that knows wasm, it starts without a network too.
    optionalDependencies: { '@yowasp/clang': devDependencies['@yowasp/clang'] },
  };
}

function create(folder: string): void {
  const name = basename(folder);
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).some((file) => file !== '.git'))
    throw new Failure(`${folder} is not empty: take another name`);
  cpSync(join(PACKAGE, 'template'), folder, { recursive: true });
  renameSync(join(folder, 'gitignore'), join(folder, '.gitignore')); // npm packs no file of that name
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(name), null, 2)}\n`);
}

export const newProject: Command = {
  name: 'new',
  operands: 'NAME',
  summary: 'Makes a folder with one async function in C, for Node, a page, WASI and Linux.',
  examples: ['npx rouse new demo && cd demo && npm start'],
  options: {},
  least: 1,
  async run([path]) {
    const folder = resolve(path!);
    const name = basename(folder);
    if (!/^[a-z0-9][a-z0-9._-]*$/.test(name))
      throw new UsageError(`"${name}" cannot be the name of a package: use lower case letters, digits and -`);
    if (TAKEN.includes(name)) throw new UsageError(`a package cannot be called ${name}: take another name`);
    create(folder);
    print(`cd ${path} && npm start`);
    return EXIT.ok;
  },
};
