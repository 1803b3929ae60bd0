// Every ```c block of README.md and docs/ is built. A block with `// expect:` lines is a program and
// is run as well; one marked ```c fragment is compiled as it stands, after the usual includes.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from './cmake.mjs';
import { complaint, parseArguments, runCommand } from '../tests/support/expect.mjs';
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

async function check(block) {
  const source = `${block.path}.c`;
  writeFileSync(source, block.fragment ? prelude + block.code : block.code);
  if (block.fragment) return run('gcc', [...flags, '-c', source, '-o', `${block.path}.o`]);
  const library = `${root}/build/native-release/librouse.a`;
  const built = await run('gcc', [...flags, source, library, '-o', block.path]);
  if (built.code !== 0) return built;
  const { expected, command } = parseArguments([source, block.path]);
  const why = complaint(expected, await runCommand(command));
  return { code: why === undefined ? 0 : 1, output: why };
}

export async function testDocs() {
  const result = { passed: 0, failed: 0, skipped: [], log: '' };
  await build('native-release');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const block of markdownFiles().flatMap(blocksOf)) {
    const { code, output } = await check(block);
    if (code === 0) result.passed++;
    else {
      result.failed++;
      result.log += `${block.name}:\n${output}\n`;
    }
  }
  for (const file of staleTables()) {
    result.failed++;
    result.log += `${file}: stale tables; node tools/docs-tables.mjs --write\n`;
  }
  if (result.passed === 0) result.failed++;
  return result;
}
