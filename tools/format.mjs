// `npm run format`: formats every C file of ours in place.
import { root, run } from './process.mjs';
import { setUp } from './setup.mjs';

const { found, missing } = await setUp(['clang-format']);
if (missing.length > 0) process.exit(1);
const listed = await run('git', ['ls-files', '-co', '--exclude-standard', '*.c', '*.h']);
const files = listed.output.split('\n').filter((file) => file && !file.includes('/peers/'));
const { code, output } = await run(found['clang-format'], ['-i', ...files], { cwd: root });
process.stdout.write(output);
process.exitCode = code;
