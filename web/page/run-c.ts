// run-c.ts: runs a lesson's module on rouse's JavaScript host and keeps what it printed and recorded.
import { Program, type TraceEvent } from '../rouse/index.js';

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
}

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

export async function runC(url: string): Promise<CRun> {
  let program: Program | undefined;
  const { lines, write } = lineCollector(() => program?.trace()?.events.length ?? 0);
  program = await Program.load(url, { stdout: write, stderr: write });
  const exitCode = await program.run();
  const { events, lost } = program.trace() ?? { events: [], lost: 0 };
  return { lines, events, lost, exitCode };
}
