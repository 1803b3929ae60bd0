// c-probe.ts: what the page observes of a C program while it runs, alone or loaded by JavaScript.
import type { TraceEvent } from 'rouse';
import { MOST_EVENTS } from './js-recorder.js';

export interface CLine {
  text: string;
  /** How many events the trace had when the line was printed: where it belongs among them. */
  after: number;
}

export interface Exports {
  memory: WebAssembly.Memory;
  rouse_trace(): number;
  rouse_fuel?: WebAssembly.Global;
  page_frames?(): number;
}

/** The host does not hand out its instance, but the page needs the fuel and the frames in it. */
export function captureExports(): () => Exports | undefined {
  let exports: Exports | undefined;
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (module: any, imports: any) => {
    const instance: any = await instantiate(module, imports);
    exports = instance.exports;
    return instance;
  };
  return () => exports;
}

/** libc writes lines in pieces: a line belongs where its first piece was written. */
export function lineCollector(eventCount: () => number) {
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

/** Takes the events out of the module's ring while it runs, for the ring is small. */
export class Drain {
  readonly events: TraceEvent[] = [];
  lost = 0;
  private next = 0; // seq
  constructor(private readonly exports: () => Exports | undefined) {}

  /** How many events there are, including those still in the ring. */
  count(): number {
    const { memory, rouse_trace } = this.exports() ?? {};
    return memory && rouse_trace ? new Uint32Array(memory.buffer, rouse_trace(), 4)[2]! : 0;
  }

  take(trace: { events: TraceEvent[] } | undefined): void {
    const events = trace?.events.filter(({ seq }) => seq >= this.next) ?? [];
    if (events.length === 0) return;
    this.lost += events[0]!.seq - this.next;
    for (const event of events) if (this.events.length < MOST_EVENTS) this.events.push(event);
    this.next = events.at(-1)!.seq + 1;
  }

  get isHalfFull(): boolean {
    return this.count() - this.next > 1500;
  }
}
