// `npm run format`: formats every file of ours in place, C with clang-format, TypeScript and JavaScript with
// Prettier. tests/hygiene/format.cmake checks both.
import { root, run } from './process.mjs';
import { setUp } from './setup.mjs';

async function format(command, args) {
  const { code, output } = await run(command, args, { cwd: root });
  process.stdout.write(output);
  if (code !== 0) process.exitCode = 1;
}

const { found, missing } = await setUp(['clang-format', 'npm']);
if (missing.length > 0) process.exit(1);
const listed = await run('git', ['ls-files', '-co', '--exclude-standard', '*.c', '*.h']);
const files = listed.output.split('\n').filter((file) => file && !file.includes('/peers/'));
await format(found['clang-format'], ['-i', ...files]);
await format(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', '.']);
