// Where the consumers are built: a folder outside of the clone, so that nothing of the clone is found
// by accident. It holds the archive, and in node_modules a link to the bundlers and runtimes in the cache.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { restoreSources } from '../../tools/pack-sources.mjs';
import { root, run } from '../../tools/process.mjs';

const here = join(root, 'tests/packages');
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/** Runs `npm pack`: the archive's path in `folder`. */
async function pack(folder) {
  const { code, output } = await run('npm', ['pack', '--silent', '--pack-destination', folder]);
  restoreSources(); // npm does it only if all went well
  if (code !== 0) throw new Error(`npm pack failed\n${output}`);
  return join(folder, output.trim().split('\n').at(-1));
}

export class Workshop {
  /** Folders with a page, for the browsers: { name, folder, title }. */
  pages = [];
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

  install(folder) {
    return run('npm', ['install', '--offline', ...quiet, this.archive], { cwd: folder });
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
