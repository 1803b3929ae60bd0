// frame-log.ts: reads the log of web/host/page_frames.c: the bytes of a frame at the start and end of each poll.

export interface FrameShot {
  /** After this event of the trace. */
  seq: number;
  future: number;
  /** Its address. */
  at: number;
  bytes: Uint8Array;
}

export interface FrameLog {
  shots: FrameShot[];
  /** The log had no room for more. */
  isFull: boolean;
}

export function readFrames(buffer: ArrayBuffer | undefined, log: number | undefined): FrameLog {
  if (!buffer || log === undefined) return { shots: [], isFull: false };
  const view = new DataView(buffer, log >>> 0);
  const word = (at: number) => view.getUint32(at, true);
  const shots: FrameShot[] = [];
  const end = 8 + word(0);
  for (let at = 8; at < end;) {
    const size = word(at + 12);
    const bytes = new Uint8Array(buffer, (log >>> 0) + at + 16, size).slice();
    shots.push({ seq: word(at), future: word(at + 4), at: word(at + 8), bytes });
    at += 16 + ((size + 3) & ~3);
  }
  return { shots, isFull: word(4) !== 0 };
}
