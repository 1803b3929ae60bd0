// trace-import-worker.ts: reads a trace file in a worker, because a large one would freeze the page.
import { importTrace, type ImportedTrace } from './trace-import.js';

const MOST_MB = 256;

export type ImportMessage = { trace: ImportedTrace } | { error: string };
const port = self as unknown as {
  postMessage(message: ImportMessage): void;
  onmessage: ((event: MessageEvent<File>) => void) | null;
};

port.onmessage = async ({ data: file }) => {
  try {
    const megabytes = file.size / 1e6;
    if (megabytes > MOST_MB)
      throw new Error(`it has ${Math.round(megabytes)} MB, and the page reads at most ${MOST_MB} MB`);
    port.postMessage({ trace: importTrace(await file.text()) });
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
