// c-worker.ts: runs a lesson's module to its end on rouse's JavaScript host. The host gets the virtual clock as its
// platform, the only part of it that knows the time.
import { Program, type TraceEvent } from 'rouse';
import { captureExports, Drain, lineCollector, type CLine } from './c-probe.js';
import { readFrames, type FrameLog } from './frame-log.js';
import { MOST_EVENTS } from './js-recorder.js';
import { channelHop, VirtualClock } from './virtual-clock.js';

export interface CRun {
  lines: CLine[];
  events: TraceEvent[];
  lost: number;
  exitCode: number;
  frames: FrameLog;
  /** How the module trapped, if it did. */
  trap?: string;
  /** It ran out of fuel or of events: of what, and how much it had. */
  outOf?: string;
}
export interface CStart {
  bytes: ArrayBuffer;
}
export type CMessage = { kind: 'ready' } | { kind: 'done'; run: CRun } | { kind: 'error'; text: string };

const port = self as unknown as {
  postMessage(message: CMessage): void;
  onmessage: ((event: MessageEvent<CStart>) => void) | null;
};
const FULL = 0xffffffff; // what wasm-fuel.ts leaves when the fuel is out

async function record(bytes: ArrayBuffer): Promise<CRun> {
  const clock = new VirtualClock(channelHop());
  const exports = captureExports();
  const drain = new Drain(exports);
  let program: Program | undefined;
  let outOf: string | undefined;
  const { lines, write } = lineCollector(() => drain.count());
  const now = () => {
    if (outOf) return clock.now(); // any call into the module would trap
    if (drain.isHalfFull) drain.take(program?.trace());
    const fuel = exports()?.rouse_fuel;
    if (drain.events.length >= MOST_EVENTS && fuel) {
      outOf = `${MOST_EVENTS.toLocaleString('en')} events`;
      fuel.value = 0; // the next function traps
    }
    return clock.now();
  };
  const platform = {
    now,
    setTimeout: (run: () => void, ms: number) => clock.set(run, ms),
    clearTimeout: (id: number) => void clock.clear(id),
  };
  let exitCode = -1;
  let trap: string | undefined;
  program = await Program.load(bytes, { stdout: write, stderr: write, platform });
  const fuel = Number(exports()?.rouse_fuel?.value ?? 0);
  try {
    exitCode = await program.run();
  } catch (error) {
    trap = String((error as Error).message);
    const left = Number(exports()?.rouse_fuel?.value ?? 0) >>> 0;
    if (left > fuel && left <= FULL) outOf ??= `${fuel / 1e6} million rounds of loops`;
  }
  drain.take(program.trace());
  const { events, lost } = drain;
  const frames = readFrames(exports()?.memory.buffer, exports()?.page_frames?.());
  return { lines, events, lost, exitCode, frames, ...(trap && { trap }), ...(outOf && { outOf }) };
}

port.onmessage = async ({ data }) => {
  try {
    if (typeof WebAssembly === 'undefined') throw new Error('this browser has no WebAssembly');
    port.postMessage({ kind: 'done', run: await record(data.bytes) });
  } catch (error) {
    port.postMessage({ kind: 'error', text: error instanceof Error ? error.message : String(error) });
  }
};
port.postMessage({ kind: 'ready' });
