// Where the consumers are built: a folder outside of the clone, so that nothing of the clone is found
// by accident. It holds the archive, and in node_modules a link to the bundlers and runtimes in the cache.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root, run } from '../../tools/process.mjs';

const here = join(root, 'tests/packages');
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/** Runs `npm pack` in a copy of the clone, for it changes the C sources and dist/ for the time that it needs: the
    archive's path in `folder`. What is in dist/ and up to date is not compiled again. */
async function pack(folder) {
  const clone = join(folder, 'clone');
  const left = ['.git', 'node_modules', 'build', 'dist'].map((name) => join(root, name));
  cpSync(root, clone, { recursive: true, filter: (path) => !left.includes(path) });
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  for (const made of ['dist/rouse.wasm', 'build/builtin.stamp'])
    if (existsSync(join(root, made))) cpSync(join(root, made), join(clone, made));
  const { code, output } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: clone });
  if (code !== 0) throw new Error(`npm pack failed\n${output}`);
  rmSync(clone, { recursive: true });
  return join(folder, output.trim().split('\n').at(-1));
}

export class Workshop {
  /** Folders with a page, for the browsers: { name, folder, title }. */
  pages = [];
  #installed;
  #module;

  /** `tools` is the node_modules of tests/packages/tools. */
  static async open(tools) {
    const made = new Workshop();
    made.tools = tools;
    made.folder = mkdtempSync(join(tmpdir(), 'rouse-packages-'));
    symlinkSync(made.tools, join(made.folder, 'node_modules'));
    made.archive = await pack(made.folder);
    made.#addCommands();
    return made;
  }

  /** `emcc` is the newest one; Bun's package has no file of its own name. */
  #addCommands() {
    mkdirSync(join(this.folder, 'commands'));
    symlinkSync(join(this.tools, 'bun/bin/bun.exe'), join(this.folder, 'commands/bun'));
    const script = `#!/bin/sh\nexec ${join(root, 'tools/newest')} --write . emcc "$@"\n`;
    writeFileSync(join(this.folder, 'commands/emcc'), script, { mode: 0o755 });
  }

  /** What a shell finds: `first` are folders of the tools, before all else. */
  environment(first = []) {
    const own = [...first.map((name) => join(this.tools, name)), join(this.tools, 'deno')];
    const path = [...own, join(this.folder, 'commands')];
    return { PATH: [...path, process.env.PATH].join(delimiter), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
  }

  /** A copy of a folder of tests/packages, or an empty one. */
  copy(name, source) {
    const folder = join(this.folder, name.replace(/\W+/g, '-').toLowerCase());
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    if (source) cpSync(join(here, source), folder, { recursive: true });
    return folder;
  }

  /** `npm install` of the archive, as all consumers do: once, and what it made is copied to each. */
  async install(folder) {
    const { code, output, made } = await (this.#installed ??= this.#install());
    if (code !== 0) return { code, output };
    for (const name of ['node_modules', 'package.json', 'package-lock.json'])
      cpSync(join(made, name), join(folder, name), { recursive: true, verbatimSymlinks: true });
    return { code, output };
  }

  async #install() {
    const made = this.copy('installed');
    const result = await run('npm', ['install', '--offline', ...quiet, this.archive], { cwd: made });
    return { ...result, made };
  }

  /** The command of the archive, in `folder`, where it is installed. */
  rouse(folder, args, path) {
    const command = join(folder, 'node_modules/.bin/rouse');
    return run(command, args, { cwd: folder, env: this.environment(path) });
  }

  /** A module of the folder `template`, compiled by `rouse build`. */
  module() {
    this.#module ??= this.#compile();
    return this.#module;
  }

  async #compile() {
    const folder = this.copy('module');
    const installed = await this.install(folder);
    const made = await this.rouse(folder, ['build', join(root, 'template/app.c')]);
    if (installed.code !== 0 || made.code !== 0) throw new Error(installed.output + made.output);
    return join(folder, 'app.wasm');
  }

  close() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
