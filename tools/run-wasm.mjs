// Runs a module on the JavaScript host: `node tools/run-wasm.mjs MODULE [ARGUMENTS]`. It is what ctest
// runs wasm tests with. A trap ends with 134, as an abort does natively.
import { readFile } from 'node:fs/promises';
import { writeSync } from 'node:fs';
import { Program } from '../dist/index.js';

const [path, ...args] = process.argv.slice(2);
const write = (fd) => (text) => writeSync(fd, text);
try {
  const program = await Program.load(await readFile(path), {
    args,
    stdin: (async function* () {
      yield* process.stdin; // opened only if the program reads
    })(),
    stdout: write(1),
    stderr: write(2),
  });
  process.once('SIGINT', () => program.cancel());
  process.exit(await program.run());
} catch (error) {
  writeSync(2, `${error.code ?? ''} ${error.message}\n`);
  process.exit(error.code === 'TRAPPED' ? 134 : 125);
}
