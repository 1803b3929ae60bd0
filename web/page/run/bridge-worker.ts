// bridge-worker.ts: runs a JavaScript program and the C program that it loads, in one worker and on one clock. In it,
// `import { load } from "rouse"` gives a `load` that loads the lesson's module, whatever you pass.
import { load, type AppOptions } from 'rouse';
import { traceOf } from 'rouse/trace';
import { captureExports, Drain, lineCollector } from './c-probe.js';
import type { CRun } from './c-worker.js';
import { readFrames } from './frame-log.js';
import type { Recorder } from './js-recorder.js';
import { listen, type Beside, type JsStart } from './js-runner.js';
import type { VirtualClock } from './virtual-clock.js';

type ImportTable = Record<string, (...args: any[]) => unknown>;
export type BridgeMessage = { kind: 'c'; run: CRun };

const scope = self as unknown as {
  $modules?: unknown;
  postMessage(message: BridgeMessage): void;
};

/** Wraps the functions that C calls, so that the recorder knows who called. */
function wrapImports(imports: ImportTable = {}, recorder: Recorder): ImportTable {
  const wrap =
    (run: ImportTable[string]) =>
    (...args: unknown[]) =>
      recorder.callFromC(() => run(...args));
  return Object.fromEntries(Object.entries(imports).map(([name, run]) => [name, wrap(run)]));
}

function join({ bytes }: JsStart, clock: VirtualClock, recorder: Recorder): Beside {
  const exports = captureExports();
  const drain = new Drain(exports);
  const { lines, write } = lineCollector(() => drain.count());
  let app: object | undefined;
  const take = () => drain.take(app && traceOf(app));
  const now = () => {
    if (drain.isHalfFull) take();
    return clock.now();
  };
  const platform = {
    now,
    setTimeout: (run: () => void, ms: number) => clock.set(run, ms),
    clearTimeout: (id: number) => void clock.clear(id),
  };
  const ours = { stdout: write, stderr: write, platform };
  const loadOurs = async (_: unknown, options: AppOptions = {}) => {
    const imports = wrapImports(options.imports as ImportTable, recorder);
    const loaded = await load(bytes!, { ...options, ...ours, imports });
    return (app = loaded);
  };
  scope.$modules = { rouse: { load: loadOurs } };
  return {
    count: () => drain.count(),
    end: () => {
      take();
      const { events, lost } = drain;
      const frames = readFrames(exports()?.memory.buffer, exports()?.page_frames?.());
      scope.postMessage({ kind: 'c', run: { lines, events, lost, exitCode: 0, frames } });
    },
  };
}

listen(join);
