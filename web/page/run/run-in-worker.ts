// run-in-worker.ts: runs programs and collects what they record. Each run has a worker of its own, which ends with it.
// Fuel stops a program that would run for ever; a worker that stays silent is ended from here.
import { getText } from '../dom/site-files.js';
import type { BridgeMessage } from './bridge-worker.js';
import type { CMessage, CRun, CStart } from './c-worker.js';
import type { JsEvent } from './js-recorder.js';
import type { JsMessage, JsStart } from './js-runner.js';
import { startWorker } from './sandbox.js';

// Long enough for a busy machine: only what has no fuel to use up gets so far.
const SILENCE_MS = 10_000;
const START_MS = 30_000;

async function inWorker<Message extends { kind: string }>(
  script: string,
  start: JsStart | CStart,
  hear: (message: Message) => boolean,
): Promise<void> {
  const worker = await startWorker(await getText(script));
  const run = new Promise<void>((resolve, reject) => {
    let alarm: ReturnType<typeof setTimeout>;
    const watch = (ms: number) => {
      clearTimeout(alarm);
      alarm = setTimeout(() => reject(new Error(`Stopped: the program did not answer for ${ms / 1000} s.`)), ms);
    };
    watch(START_MS);
    worker.port.onmessage = ({ data }: MessageEvent<Message & { text?: string }>) => {
      watch(SILENCE_MS);
      if (data.kind === 'ready') return worker.port.postMessage(start);
      if (data.kind === 'error' || data.kind === 'stopped') reject(new Error(data.text));
      else if (!hear(data)) return;
      else resolve();
      clearTimeout(alarm);
    };
  });
  return run.finally(() => worker.end());
}

export async function recordC(bytes: ArrayBuffer): Promise<CRun> {
  let run: CRun | undefined;
  await inWorker<CMessage>('page/c-worker.js', { bytes }, (message) => {
    if (message.kind === 'done') ({ run } = message);
    return true;
  });
  return run!;
}

export interface JsRun {
  events: JsEvent[];
  stopped?: string;
}

/** Keeps what was recorded, even if the program had to be stopped. */
export async function recordJs(source: string): Promise<JsRun> {
  const events: JsEvent[] = [];
  try {
    await inWorker<JsMessage>('page/js-worker.js', { source }, (message) => {
      if (message.kind === 'events') for (const event of message.events) events.push(event);
      return message.kind === 'done';
    });
    return { events };
  } catch (error) {
    return { events, stopped: (error as Error).message };
  }
}

/** A C program and the JavaScript program that loads it, in one worker. */
export async function recordTogether(source: string, bytes: ArrayBuffer): Promise<{ c: CRun; js: JsRun }> {
  const events: JsEvent[] = [];
  let c: CRun | undefined;
  await inWorker<JsMessage | BridgeMessage>('page/bridge-worker.js', { source, bytes }, (message) => {
    if (message.kind === 'events') for (const event of message.events) events.push(event);
    if (message.kind === 'c') c = message.run;
    return message.kind === 'done';
  });
  return { c: c!, js: { events } };
}
