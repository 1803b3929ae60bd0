// Runs a module on the JavaScript host: `node tools/run-wasm.mjs MODULE [ARGUMENTS]`. It is what ctest
// runs wasm tests with. A trap ends with 134, as an abort does natively. As a worker it runs one after another:
// gets [MODULE, ...ARGUMENTS], and posts what is printed and then the exit code (tools/batch.mjs).
import { readFile } from 'node:fs/promises';
import { writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { Program } from '../dist/index.js';

const modules = new Map();

/** Each file is compiled once. */
function moduleAt(path) {
  if (!modules.has(path))
    modules.set(
      path,
      readFile(path).then((bytes) => WebAssembly.compile(bytes)),
    );
  return modules.get(path);
}

/** Gives the exit code. */
async function run([path, ...args], { begun, ...options }) {
  try {
    const program = await Program.load(moduleAt(path), { args, ...options });
    begun?.(program);
    return await program.run();
  } catch (error) {
    options.stderr(`${error.code ?? ''} ${error.message}\n`);
    return error.code === 'TRAPPED' ? 134 : 125;
  }
}

const write = (fd) => (text) => writeSync(fd, text);
const ofProcess = {
  stdin: (async function* () {
    yield* process.stdin; // opened only if the program reads
  })(),
  stdout: write(1),
  stderr: write(2),
  begun: (program) => process.once('SIGINT', () => program.cancel()),
};

if (!parentPort) process.exit(await run(process.argv.slice(2), ofProcess));
const say = (stream) => (text) => parentPort.postMessage({ stream, text });
parentPort.on('message', async (command) => {
  parentPort.postMessage({ code: await run(command, { stdout: say('stdout'), stderr: say('stderr') }) });
});
