// Many tests of ctest's without a process of cmake or Node for each: starting those takes longer than most of them
// run. ctest's own list says what there is to run; a test that is not heard of has failed.
//   a test of the program of all tests   the program is asked for all of its tests at once
//   a module on the JavaScript host      in a worker, with an instance of its own
//   an expectation (expect.mjs)          the program alone is started, and compared here
import { Worker } from 'node:worker_threads';
import { complaint, parseArguments, runCommand } from '../tests/support/expect.mjs';
import { runTests } from './tests-program.mjs';
import { root } from './process.mjs';

const runner = `${root}/tools/run-wasm.mjs`;
const expectation = `${root}/tests/support/expect.mjs`;
const SLEEPERS = 4; // how many that mostly wait may wait side by side

/** Runs [module, ...arguments] in a worker; ends that if it does not come back. */
function runInWorker(lane, command, timeoutMs) {
  const result = { stdout: '', stderr: '' };
  const worker = (lane.worker ??= new Worker(runner));
  return new Promise((resolve) => {
    const end = (code, broken) => {
      clearTimeout(alarm);
      for (const name of ['error', 'exit', 'message']) worker.removeAllListeners(name);
      if (broken) void worker.terminate();
      if (broken) lane.worker = undefined; // what breaks a worker does not reach the next test
      resolve({ ...result, code });
    };
    const alarm = setTimeout(end, timeoutMs, `Timeout after ${timeoutMs / 1000} s`, true);
    worker.on('error', (error) => end(error.stack, true));
    worker.on('exit', (code) => end(`the worker exits with ${code}`, true));
    worker.on('message', ({ stream, text, code }) => (stream ? (result[stream] += text) : end(code, false)));
    worker.postMessage(command);
  });
}

/** What is to be done for a test of ctest's: { name, program } or { name, waits, run, judge }. */
function understand({ name, command }) {
  const expects = command[1] === expectation;
  const { expected, command: whole } = expects ? parseArguments(command.slice(2)) : { command };
  const inWorker = whole[1] === runner;
  if (!expects && whole.at(-1) === name) return { name, program: whole.slice(0, -1) };
  const wantsZero = ({ code, stdout, stderr }) => (code === 0 ? undefined : `exit ${code}\n${stdout}${stderr}`);
  return {
    name,
    waits: expected?.always.length > 0,
    run: (lane, timeoutMs) => (inWorker ? runInWorker(lane, whole.slice(2), timeoutMs) : runCommand(whole, timeoutMs)),
    judge: (result) => (expected ? complaint(expected, result) : wantsZero(result)),
  };
}

/** Takes tests from `queue` until it is empty. */
async function runLane(queue, timeoutMs, tell) {
  const lane = {};
  for (let test; (test = queue.shift());) tell(test.name, test.judge(await test.run(lane, timeoutMs)));
  await lane.worker?.terminate();
}

/** Runs these tests of ctest's list: { passed, failed, log }. Only what hangs takes as long as the timeout. */
export async function runBatch(list, jobs, timeoutMs = 300_000) {
  const result = { passed: 0, failed: 0, log: '' };
  const tell = (name, why) => {
    result[why === undefined ? 'passed' : 'failed']++;
    if (why !== undefined) result.log += `${name}: ${why}\n`;
  };
  const tests = list.map(understand);
  const together = tests.filter(({ program }) => program);
  const waiting = tests.filter(({ waits }) => waits);
  const working = tests.filter(({ program, waits }) => !program && !waits);
  const lanes = (queue, count) => Array.from({ length: count }, () => runLane(queue, timeoutMs, tell));
  await runTests(together, jobs, tell);
  await Promise.all([...lanes(working, jobs), ...lanes(waiting, SLEEPERS)]);
  return result;
}
