// `npm run unit -- WORD`: builds the unit tests natively, with all checks, and runs those with WORD in their names,
// as in `npm run unit -- channel`; without a WORD, all. The quick way from a change of a C file to its test.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { configure } from './cmake.mjs';
import { lastLines, root, run } from './process.mjs';
import { runMatching } from './tests-program.mjs';

const folder = `${root}/build/native-debug`;
const programs = ['tests', 'tests_file_memory']; // the second has functions of the host's in it
const [word = '.'] = process.argv.slice(2);

async function step(running) {
  const { code, output } = await running;
  if (code === 0) return;
  console.log(lastLines(output));
  process.exit(1);
}

if (!existsSync(`${folder}/CMakeCache.txt`)) await step(configure('native-debug'));
const parallel = ['--parallel', String(availableParallelism())];
await step(run('cmake', ['--build', folder, ...parallel, '--target', ...programs]));
let passed = 0;
let failed = 0;
for (const program of programs) {
  for (const [name, why] of await runMatching([`${folder}/tests/${program}`], word)) {
    if (why === undefined) passed++;
    else console.log(`${name}:\n${why}`);
    failed += why === undefined ? 0 : 1;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
