// Tests of the JavaScript host without a process for each: starting Node takes twenty times as long as most of them
// run. The same commands as ctest's, each still with an instance of its own, in a worker per core.
import { Worker } from 'node:worker_threads';
import { root, run } from './process.mjs';

const script = `${root}/tools/run-wasm.mjs`;

/** The names of the tests that run a module and want nothing but 0 of it. */
export const runsModule = '^(unit|coming_from|model|corpus)\\.';

/** Those tests of a preset: [{ name, command }]; none if it is not for the JavaScript host. */
export async function findWasmTests(preset) {
  const { output } = await run('ctest', ['--preset', preset, '--show-only=json-v1', '-R', runsModule]);
  const { tests } = JSON.parse(output);
  const found = tests.filter(({ command }) => command?.[1] === script);
  if (found.length > 0 && found.length < tests.length) throw new Error(`${preset}: not all run ${script}`);
  return found.map(({ name, command }) => ({ name, command: command.slice(2) }));
}

/** What it printed, and how it ended: its exit code, or what became of the worker. */
function runIn(worker, command, timeoutMs) {
  let output = '';
  return new Promise((resolve) => {
    const end = (code, broken) => {
      clearTimeout(alarm);
      for (const name of ['error', 'exit', 'message']) worker.removeAllListeners(name);
      resolve({ code, output, broken });
    };
    const alarm = setTimeout(end, timeoutMs, `Timeout after ${timeoutMs / 1000} s`, true);
    worker.on('error', (error) => end(error.stack, true));
    worker.on('exit', (code) => end(`the worker exits with ${code}`, true));
    worker.on('message', ({ text, code }) => (text === undefined ? end(code, false) : (output += text)));
    worker.postMessage(command);
  });
}

/** Takes tests from `queue` until it is empty; what breaks a worker does not reach the next test. */
async function runLane(queue, timeoutMs, tell) {
  let worker;
  for (let test; (test = queue.shift());) {
    worker ??= new Worker(script);
    const result = await runIn(worker, test.command, timeoutMs);
    tell(test, result);
    if (!result.broken) continue;
    await worker.terminate();
    worker = undefined;
  }
  await worker?.terminate();
}

/** { passed, failed, log }. The timeout is that of CMakePresets.json. */
export async function runWasmTests(tests, workers, timeoutMs = 120_000) {
  const result = { passed: 0, failed: 0, log: '' };
  const tell = ({ name, command }, { code, output }) => {
    if (code === 0) return void result.passed++;
    result.failed++;
    result.log += `${name}: ${code}, of ${command.join(' ')}\n${output}\n`;
  };
  const queue = [...tests];
  await Promise.all(Array.from({ length: workers }, () => runLane(queue, timeoutMs, tell)));
  return result;
}
