// trace-menu.ts: opens a trace file that you choose or drop, saves a run as one, or hands it to Perfetto: the only
// other site that this page ever talks to, and only if you ask for it.
import { download } from '../dom/download.js';
import { byId } from '../dom/elements.js';
import { bindMenu } from '../dom/menu.js';
import { say, showProblem } from '../dom/notice.js';
import { tellC } from '../story/c-story.js';
import { tellJs } from '../story/js-story.js';
import { merge } from '../story/moment.js';
import type { Recording } from '../story/recording.js';
import { exportTrace } from './trace-export.js';
import type { ImportedTrace } from './trace-import.js';
import type { ImportMessage } from './trace-import-worker.js';

const PERFETTO = 'https://ui.perfetto.dev';

export interface OpenedTrace {
  name: string;
  recording: Recording;
  notes: string[];
}

function notesOf({ events, js, total, lost }: ImportedTrace): string[] {
  const notes = [
    'The lanes, steps and queues are those of the program that wrote this trace. ' +
      'A trace has no sources, and no bytes of frames.',
  ];
  const kept = events.length + js.length;
  const count = (number: number) => number.toLocaleString('en');
  if (kept < total) notes.push(`The trace has ${count(total)} events. You see the first ${count(kept)}.`);
  if (lost > 0)
    notes.push(`${count(lost)} events before these are lost: the program recorded more than its ring can hold.`);
  return notes;
}

function readFile(file: File): Promise<ImportedTrace> {
  const worker = new Worker('page/trace-import-worker.js');
  const read = new Promise<ImportedTrace>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message || 'the worker that reads traces did not start'));
    worker.onmessage = ({ data }: MessageEvent<ImportMessage>) =>
      'trace' in data ? resolve(data.trace) : reject(new Error(data.error));
    worker.postMessage(file);
  });
  return read.finally(() => worker.terminate());
}

/** Lets the page draw and react between two pieces of work. */
const breathe = () => new Promise((done) => setTimeout(done));

async function openFile(file: File): Promise<OpenedTrace> {
  say(`Reading ${file.name}…`);
  const trace = await readFile(file);
  await breathe();
  const run = { lines: [], events: trace.events, lost: trace.lost, exitCode: 0, frames: { shots: [], isFull: false } };
  const moments = merge(tellC('', run), tellJs(trace.js));
  await breathe();
  const recording = { c: '', moments, layouts: {}, cRun: run, jsRun: { events: trace.js }, problems: [] };
  return { name: file.name, recording, notes: notesOf(trace) };
}

const textOf = ({ cRun, jsRun }: Recording) => JSON.stringify(exportTrace(cRun, jsRun?.events ?? []));

/** Perfetto does not say when it has loaded: ask until it answers. */
function openInPerfetto(title: string, text: string): void {
  const far = navigator.onLine ? window.open(PERFETTO) : null;
  if (!far) {
    say('Perfetto cannot be opened from here. The trace is saved: open the file in Perfetto.');
    return download(`${title}.json`, text);
  }
  const asking = setInterval(() => far.postMessage('PING', PERFETTO), 200);
  const answered = (event: MessageEvent) => {
    if (event.source !== far || event.data !== 'PONG') return;
    stop();
    const { buffer } = new TextEncoder().encode(text);
    far.postMessage({ perfetto: { buffer, title, fileName: `${title}.json` } }, PERFETTO);
  };
  const stop = () => (clearInterval(asking), removeEventListener('message', answered));
  addEventListener('message', answered);
  setTimeout(stop, 60_000);
}

/** `current` gives what is on the screen. */
export function bindTraceMenu(current: () => Recording | undefined, onOpen: (trace: OpenedTrace) => void): void {
  bindMenu(byId<HTMLDetailsElement>('trace-menu'));
  const input = byId<HTMLInputElement>('trace-file');
  const open = (file: File | null | undefined) => {
    if (!file) return;
    openFile(file).then(onOpen, (error) => (say(''), showProblem(`Cannot show ${file.name}: ${error.message}`)));
  };
  const title = () => document.title.replace(/ · rouse$/, '');
  const bind = (id: string, act: (recording: Recording) => void) =>
    byId(id).addEventListener('click', () => {
      const recording = current();
      if (recording) act(recording);
    });
  bind('trace-save', (recording) => download(`${title()}.json`, textOf(recording)));
  bind('trace-perfetto', (recording) => openInPerfetto(title(), textOf(recording)));
  byId('trace-open').addEventListener('click', () => input.click());
  input.addEventListener('change', () => (open(input.files?.[0]), (input.value = '')));
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    open(event.dataTransfer?.files[0]);
  });
}
