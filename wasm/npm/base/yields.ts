// standard.ts: the ways to give the thread away, for C and for JavaScript.
import type { Platform } from './schedule.js';

type Options = { signal: AbortSignal };

const FRAME_MS = 16; // where nothing is painted

/** Others get the thread: the rest of this task of the event loop, timers, input. */
export function yieldHost({ macrotask, setTimeout }: Platform): Promise<boolean> {
  return new Promise((resolve) => {
    const run = () => resolve(true);
    if (macrotask) macrotask(run);
    else if (setTimeout) setTimeout(run, 0);
    else run();
  });
}

/** The next frame; its time. */
export function yieldFrame({ now, setTimeout }: Platform, { signal }: Options): Promise<number> {
  return new Promise((resolve) => {
    const { requestAnimationFrame, cancelAnimationFrame } = globalThis as any;
    const run = (time: number) => resolve(time);
    if (requestAnimationFrame) {
      const id = requestAnimationFrame(run);
      signal.addEventListener('abort', () => cancelAnimationFrame(id), { once: true });
    } else if (setTimeout) setTimeout(() => run(now()), FRAME_MS);
    else run(now());
  });
}
