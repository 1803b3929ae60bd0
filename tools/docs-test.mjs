// Every ```c block of README.md and docs/ is built. A block with `// expect:` lines is a program and
// is run as well, on the virtual clock; one marked ```c fragment is compiled as it stands, after the usual includes.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { build } from './cmake.mjs';
import { complaint, expectations, runCommand } from '../tests/support/expect.mjs';
import { staleTables } from './docs-tables.mjs';
import { root, run } from './process.mjs';

const folder = `${root}/build/docs`;
const flags = ['-std=gnu11', '-Wall', '-Wextra', '-Werror', '-Wno-unused', `-I${root}/runtime/include`];
const prelude = '#include <rouse/rouse.h>\n#include <stdio.h>\n#line 1\n';

function markdownFiles() {
  const inDocs = readdirSync(`${root}/docs`, { recursive: true })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`);
  return ['README.md', ...inDocs.sort()];
}

function blocksOf(file) {
  const text = readFileSync(`${root}/${file}`, 'utf8');
  const blocks = [...text.matchAll(/^```c( fragment)?\n([\s\S]*?)^```/gm)];
  return blocks.map(([, fragment, code], index) => ({
    name: `${file}#${index + 1}`,
    path: `${folder}/${basename(file, '.md')}-${index + 1}`,
    fragment: fragment !== undefined,
    code,
  }));
}

const library = `${root}/build/native-release/librouse.a`;
const onVirtualClock = `${folder}/virtual_main.o`;

const compile = (...args) => run('gcc', [...flags, ...args]);

async function check(block) {
  const source = `${block.path}.c`;
  writeFileSync(source, block.fragment ? prelude + block.code : block.code);
  if (block.fragment) return compile('-c', source, '-o', `${block.path}.o`);
  const built = await compile(source, onVirtualClock, library, '-o', block.path);
  if (built.code !== 0) return built;
  const why = complaint(expectations(source), await runCommand([block.path]));
  return { code: why === undefined ? 0 : 1, output: why };
}

/** Takes blocks from `queue` until it is empty. */
async function checkAll(queue, result) {
  for (let block; (block = queue.shift());) {
    const { code, output } = await check(block);
    if (code === 0) result.passed++;
    else {
      result.failed++;
      result.log += `${block.name}:\n${output}\n`;
    }
  }
}

export async function testDocs() {
  const result = { passed: 0, failed: 0, skipped: [], log: '' };
  await build('native-release');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { code, output } = await compile('-c', `${root}/tests/support/virtual_main.c`, '-o', onVirtualClock);
  if (code !== 0) return { ...result, failed: 1, log: output };
  const queue = markdownFiles().flatMap(blocksOf);
  await Promise.all(Array.from({ length: availableParallelism() }, () => checkAll(queue, result)));
  for (const file of staleTables()) {
    result.failed++;
    result.log += `${file}: stale tables; node tools/docs-tables.mjs --write\n`;
  }
  if (result.passed === 0) result.failed++;
  return result;
}
