// record.ts: from a lesson's two programs to two recordings. Each runs in a worker of its own, which is
// ended when it has said all, or says nothing for too long.
import type { CMessage, CRun } from './c-worker.js';
import type { JsMessage } from './js-worker.js';
import type { JsEvent } from './recorder.js';

const SILENCE_MS = 2000;
const START_MS = 15_000; // a worker loads scripts first, over any net

function inWorker<Message extends { kind: string }>(
  worker: Worker,
  url: string,
  hear: (message: Message) => boolean,
): Promise<void> {
  const run = new Promise<void>((resolve, reject) => {
    let alarm: ReturnType<typeof setTimeout>;
    const watch = (ms: number) => {
      clearTimeout(alarm);
      alarm = setTimeout(() => reject(new Error(`stopped: it said nothing for ${ms / 1000} s`)), ms);
    };
    watch(START_MS);
    worker.onerror = (event) => reject(new Error(event.message || 'the worker did not load'));
    worker.onmessage = ({ data }: MessageEvent<Message & { text?: string }>) => {
      watch(SILENCE_MS);
      if (data.kind === 'ready') worker.postMessage({ url: new URL(url, location.href).href });
      else if (data.kind === 'error') reject(new Error(data.text));
      else if (hear(data)) resolve();
    };
  });
  return run.finally(() => worker.terminate());
}

export async function recordC(url: string): Promise<CRun> {
  const worker = new Worker(new URL('./c-worker.js', import.meta.url), { type: 'module' });
  let run: CRun | undefined;
  await inWorker<CMessage>(worker, url, (message) => {
    if (message.kind === 'done') ({ run } = message);
    return true;
  });
  return run!;
}

/** What was recorded is kept, also when it had to be stopped. */
export async function recordJs(url: string): Promise<{ events: JsEvent[]; stopped?: string }> {
  const worker = new Worker(new URL('./js-worker.js', import.meta.url), { type: 'module' });
  const events: JsEvent[] = [];
  try {
    await inWorker<JsMessage>(worker, url, (message) => {
      if (message.kind === 'event') events.push(message.event);
      return message.kind === 'done';
    });
    return { events };
  } catch (error) {
    return { events, stopped: (error as Error).message };
  }
}
