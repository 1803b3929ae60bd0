// Runs a program in Node, as it was written or recorded. Needs --experimental-vm-modules, as Jest does.
import { SourceTextModule, createContext } from 'node:vm';
import { Recorder } from '../../dist/page/recorder.js';
import { VirtualClock } from '../../dist/page/virtual-clock.js';

const settle = () => new Promise((done) => setImmediate(done));

async function runModule(source, globals) {
  const lines = [];
  const print = (text) => (lines.push(text), globals.$r?.print(text));
  const console = { log: (...parts) => print(parts.join(' ')) };
  const context = createContext({ console, queueMicrotask, AbortController, ...globals });
  const module = new SourceTextModule(source, { context });
  await module.link(() => {});
  const end = module.evaluate().catch((error) => lines.push(`uncaught ${error}`));
  return { lines, end };
}

/** As it was written, on the platform's timers: the lines it prints. */
export async function runInNode(source) {
  let waiting = 0;
  const timer = (run, ms, ...args) => {
    waiting++;
    return setTimeout(() => (waiting--, run(...args)), ms);
  };
  const clear = (id) => (waiting--, clearTimeout(id));
  const { lines } = await runModule(source, { setTimeout: timer, clearTimeout: clear });
  do for (let i = 0; i < 5; i++) await settle();
  while (waiting > 0);
  return lines;
}

/** Rewritten, recorded, on the virtual clock. */
export async function recordInNode(source) {
  const events = [];
  const clock = new VirtualClock(setImmediate);
  let stopped;
  const stop = (why) => (stopped ??= why);
  const recorder = new Recorder(clock, (event) => events.push(event), stop);
  const { lines } = await runModule(source, {
    $r: recorder,
    setTimeout: (run, ms, ...args) => recorder.setTimeout(run, ms, args),
    clearTimeout: (id) => recorder.clearTimeout(id),
  });
  do for (let i = 0; i < 5; i++) await settle();
  while (clock.waiting() > 0 && !stopped);
  return { lines, events, stopped };
}
