// `npm start`: builds the examples natively and runs them, one after the other.
import { readdirSync } from 'node:fs';
import { build } from './cmake.mjs';
import { root, run } from './process.mjs';
import { setUp } from './setup.mjs';

const { missing } = await setUp(['cmake', 'make', 'gcc']);
if (missing.length > 0) process.exit(1);
console.log('building the examples (build/native-release)');
await build('native-release');

const wanted = process.argv[2] ?? '';
const names = readdirSync(`${root}/examples`)
  .filter((file) => file.endsWith('.c') && file.includes(wanted))
  .map((file) => file.slice(0, -2))
  .sort();
if (names.length === 0) {
  console.log(`no example's name contains "${wanted}"`);
  process.exitCode = 1;
}
for (const name of names) {
  console.log(`\n== examples/${name}.c`);
  await run(`${root}/build/native-release/examples/${name}`, [], { echo: true });
}
