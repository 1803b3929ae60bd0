// Compiles the programs of the page's terminal: from examples/programs, for JavaScript and for WASI.
import { copyFileSync, mkdirSync } from 'node:fs';
import { compileWasi, compileWasm } from './web-clang.mjs';
import { root } from './process.mjs';

const names = ['jsonl', 'jobs'];
const sources = names.map((name) => `examples/programs/${name}.c`);

export async function buildTerminal(site) {
  const modules = await compileWasm(sources);
  const commands = await compileWasi(sources);
  mkdirSync(`${site}/programs`, { recursive: true });
  for (const [at, source] of sources.entries()) {
    const to = `${site}/programs/${names[at]}`;
    copyFileSync(`${root}/${source}`, `${to}.c`);
    copyFileSync(modules.get(source).wasm, `${to}.js.wasm`);
    copyFileSync(commands.get(source), `${to}.wasi.wasm`);
  }
  for (const file of ['terminal.html', 'terminal.css']) copyFileSync(`${root}/web/${file}`, `${site}/${file}`);
}
