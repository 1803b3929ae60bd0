// c-worker.ts: runs a lesson's module on rouse's JavaScript host, to its end, on the virtual clock: the
// host's platform is the one thing that knows of time.
import { Program } from '../rouse/index.js';
import type { TraceEvent } from '../rouse/index.js';
import { channelHop, VirtualClock } from './virtual-clock.js';

export interface CLine {
  text: string;
  /** How many events the trace had when the line was printed: where it belongs among them. */
  after: number;
}

export interface CRun {
  lines: CLine[];
  events: TraceEvent[];
  lost: number;
  exitCode: number;
  /** How the module trapped, if it did. */
  trap?: string;
}
export type CMessage = { kind: 'ready' } | { kind: 'done'; run: CRun } | { kind: 'error'; text: string };

const port = self as unknown as {
  postMessage(message: CMessage): void;
  onmessage: ((event: MessageEvent<{ url: string }>) => void) | null;
};

/** libc writes pieces of lines; a line counts from its first piece. */
function lineCollector(eventCount: () => number) {
  const lines: CLine[] = [];
  let open: CLine | undefined;
  const write = (text: string) => {
    const parts = text.split('\n');
    parts.forEach((part, i) => {
      if (part) {
        if (!open) lines.push((open = { text: '', after: eventCount() }));
        open.text += part;
      }
      if (i < parts.length - 1) {
        if (!open) lines.push({ text: '', after: eventCount() });
        open = undefined;
      }
    });
  };
  return { lines, write };
}

async function record(url: string): Promise<CRun> {
  const clock = new VirtualClock(channelHop());
  let program: Program | undefined;
  const { lines, write } = lineCollector(() => program?.trace()?.events.length ?? 0);
  const platform = {
    now: () => clock.now(),
    setTimeout: (run: () => void, ms: number) => clock.set(run, ms),
    clearTimeout: (id: number) => void clock.clear(id),
  };
  program = await Program.load(url, { stdout: write, stderr: write, platform });
  const trace = () => program?.trace() ?? { events: [], lost: 0 };
  try {
    const exitCode = await program.run();
    return { lines, ...trace(), exitCode };
  } catch (error) {
    return { lines, ...trace(), exitCode: -1, trap: String((error as Error).message) };
  }
}

port.onmessage = async ({ data }) => {
  try {
    port.postMessage({ kind: 'done', run: await record(data.url) });
  } catch (error) {
    port.postMessage({ kind: 'error', text: error instanceof Error ? error.message : String(error) });
  }
};
port.postMessage({ kind: 'ready' });
