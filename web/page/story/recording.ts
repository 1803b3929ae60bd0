// recording.ts: records both programs, for the views: the moments of both sides in one order, and what the
// inspector looks up.
import type { CRun } from '../run/c-worker.js';
import type { Mistake } from '../run/prepare-script.js';
import type { Layouts, Programs } from '../run/programs.js';
import { recordC, recordJs, recordTogether, type JsRun } from '../run/run-in-worker.js';
import { tellC } from './c-story.js';
import { tellJs } from './js-story.js';
import { merge, mergeTogether, type Moment } from './moment.js';

export interface Recording {
  /** The C source; '' if there is none. */
  c: string;
  moments: Moment[];
  layouts: Layouts;
  cRun?: CRun;
  jsRun?: JsRun;
  /** What went wrong, a sentence each. */
  problems: string[];
}

const plain = (text: string) => text.replaceAll('`', '');
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function runs({ isBridge, wasm }: Programs, script: string | undefined): [Promise<CRun>, Promise<JsRun> | JsRun] {
  if (!isBridge) return [recordC(wasm), script === undefined ? { events: [] } : recordJs(script)];
  const both = recordTogether(script ?? '', wasm);
  return [both.then(({ c }) => c), both.then(({ js }) => js)];
}

/** Runs both programs to their ends; if one fails, the other is recorded all the same. Without `script`, no
    JavaScript runs. */
export async function recordBoth(programs: Programs, script: string | undefined): Promise<Recording> {
  const [c, js] = await Promise.allSettled(runs(programs, script));
  const problems: string[] = [];
  let told: Moment[] = [];
  if (c.status === 'rejected') problems.push(`The C program did not run: ${messageOf(c.reason)}`);
  else {
    told = tellC(programs.c, c.value);
    if (c.value.outOf) problems.push(`C: ${plain(told.at(-1)!.text)}`);
    else if (c.value.lost > 0) problems.push(`${c.value.lost} events of the C program were lost.`);
  }
  const jsRun = js.status === 'fulfilled' ? js.value : { events: [], stopped: messageOf(js.reason) };
  if (jsRun.stopped) problems.push(`JavaScript: ${plain(jsRun.stopped)}`);
  const moments = (programs.isBridge ? mergeTogether : merge)(told, tellJs(jsRun.events));
  return {
    c: programs.c,
    moments,
    layouts: programs.layouts,
    jsRun,
    problems,
    ...(c.status === 'fulfilled' && { cRun: c.value }),
  };
}

/** Errors that nobody caught, at the lines that threw them. */
export function mistakesOf({ events }: JsRun): Mistake[] {
  return events.flatMap((event) => {
    if (event.kind !== 'unhandled') return [];
    return [{ line: event.line ?? 1, text: event.text }];
  });
}
