// yields.ts: how C and JavaScript give the thread back to the platform.
import type { Platform } from './schedule.js';

type Options = { signal: AbortSignal };

const FRAME_MS = 16; // on a platform that paints nothing

/** Lets the event loop go on: timers, input, painting. */
export function yieldHost({ macrotask, setTimeout }: Platform): Promise<boolean> {
  return new Promise((resolve) => {
    const run = () => resolve(true);
    if (macrotask) macrotask(run);
    else if (setTimeout) setTimeout(run, 0);
    else run();
  });
}

/** Waits for the next frame; gives its time. */
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
