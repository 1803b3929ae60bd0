// Runs a program in Node, as it was written or recorded. Needs --experimental-vm-modules, as Jest does.
import { SourceTextModule, SyntheticModule, createContext, runInThisContext } from 'node:vm';
import { Recorder } from '../../dist/page/run/js-recorder.js';
import { VirtualClock } from '../../dist/page/run/virtual-clock.js';

/** Resolves when nothing is waited for, and has not been for a few macrotasks: what the last timer began may take some. */
async function untilQuiet(isWaiting) {
  for (let quiet = 0; quiet < 5; quiet = isWaiting() ? 0 : quiet + 1) await new Promise((done) => setImmediate(done));
}

// Jest gives tests a `process` of their own, and fails one for a rejection that nobody handles.
const node = runInThisContext('process');

/** What the platform says of rejections, until the function that it gives is called. */
function watchRejections(tell) {
  const others = ['unhandledRejection', 'rejectionHandled'].map((name) => [name, node.rawListeners(name)]);
  for (const [name] of others) node.removeAllListeners(name);
  const reasons = new Map();
  node.on('unhandledRejection', (reason, promise) => {
    reasons.set(promise, reason);
    tell('unhandled', reason);
  });
  node.on('rejectionHandled', (promise) => tell('handled', reasons.get(promise)));
  return () => {
    for (const [name, listeners] of others) {
      node.removeAllListeners(name);
      for (const listener of listeners) node.on(name, listener);
    }
  };
}

/** The one module that a lesson may import. */
function rouseModule(load, context) {
  return new SyntheticModule(
    ['load'],
    function set() {
      this.setExport('load', load);
    },
    { context },
  );
}

/** A module is compiled elsewhere: meanwhile nothing is queued, and the program has not ended. */
function counted(load) {
  const counter = { loading: 0 };
  counter.load = async (...args) => {
    counter.loading++;
    return load(...args).finally(() => counter.loading--);
  };
  return counter;
}

async function runModule(source, lines, { load, ...globals }) {
  const print = (text) => (lines.push(text), globals.$r?.print(text));
  const console = { log: (...parts) => print(parts.join(' ')) };
  const context = createContext({ console, queueMicrotask, AbortController, ...globals });
  const module = new SourceTextModule(source, { context });
  await module.link(() => rouseModule(load, context));
  module.evaluate().catch((error) => lines.push(`uncaught ${error}`));
}

/** As it was written, on the platform's timers: the lines it prints. */
export async function runInNode(source, { load } = {}) {
  let waiting = 0;
  const timer = (run, ms, ...args) => {
    waiting++;
    return setTimeout(() => (waiting--, run(...args)), ms);
  };
  const interval = (run, ms, ...args) => (waiting++, setInterval(run, ms, ...args));
  const clear = (id) => (waiting--, clearTimeout(id));
  const lines = [];
  const unwatch = watchRejections((what, reason) => lines.push(`${what} ${reason}`));
  const loads = counted(load);
  await runModule(source, lines, {
    load: loads.load,
    setTimeout: timer,
    setInterval: interval,
    clearTimeout: clear,
    clearInterval: clear,
  });
  await untilQuiet(() => waiting > 0 || loads.loading > 0);
  unwatch();
  return lines;
}

/** Rewritten, recorded, on the virtual clock. */
export async function recordInNode(source, { load } = {}) {
  const events = [];
  const clock = new VirtualClock(setImmediate);
  let stopped;
  const stop = (why) => (stopped ??= why);
  const recorder = new Recorder(clock, (event) => events.push(event), stop);
  const lines = [];
  const unwatch = watchRejections((what, reason) => {
    lines.push(`${what} ${reason}`);
    recorder[what](reason);
  });
  const loads = counted(load);
  await runModule(source, lines, {
    $r: recorder,
    $modules: { rouse: loads },
    setTimeout: (run, ms, ...args) => recorder.setTimeout(run, ms, args),
    setInterval: (run, ms, ...args) => recorder.setInterval(run, ms, args),
    clearTimeout: (id) => recorder.clearTimeout(id),
    clearInterval: (id) => recorder.clearTimeout(id),
  });
  await untilQuiet(() => !stopped && (clock.waiting() > 0 || loads.loading > 0));
  unwatch();
  return { lines, events, stopped };
}
