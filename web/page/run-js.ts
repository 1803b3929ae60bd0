// run-js.ts: runs a lesson's JavaScript in a worker; the file that is shown is the file that runs.
const LIMIT_MS = 5000;

type Message =
  | { kind: 'ready' | 'done' }
  | { kind: 'line' | 'error'; text: string };

export function runJs(url: string): Promise<string[]> {
  const worker = new Worker(new URL('./js-worker.js', import.meta.url), { type: 'module' });
  const lines: string[] = [];
  const run = new Promise<string[]>((resolve, reject) => {
    const late = () => reject(new Error(`stopped: it still ran after ${LIMIT_MS / 1000} s`));
    setTimeout(late, LIMIT_MS);
    worker.onerror = (event) => reject(new Error(event.message || 'the worker did not load'));
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'ready') worker.postMessage({ url: new URL(url, location.href).href });
      else if (data.kind === 'line') lines.push(data.text);
      else if (data.kind === 'error') reject(new Error(data.text));
      else resolve(lines);
    };
  });
  return run.finally(() => worker.terminate());
}
