// js-worker.ts: runs one JavaScript lesson as it stands, as a module, and reports what it prints. A
// worker of its own for each run: nothing of the last one is left, and it can be ended from outside.

const port = self as unknown as {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
};
const realSetTimeout = self.setTimeout.bind(self);
const waiting = new Set<number>();

function asText(part: unknown): string {
  if (typeof part === 'string') return part;
  if (part instanceof Error) return String(part);
  return JSON.stringify(part) ?? String(part);
}

console.log = (...parts: unknown[]) => {
  port.postMessage({ kind: 'line', text: parts.map(asText).join(' ') });
};

// Only counted, not changed: the program has ended when no timer waits any more.
self.setTimeout = ((run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
  const fire = () => {
    waiting.delete(id);
    run(...args);
  };
  const id: number = realSetTimeout(fire, ms);
  waiting.add(id);
  return id;
}) as typeof self.setTimeout;

const realClearTimeout = self.clearTimeout.bind(self);
self.clearTimeout = (id) => {
  waiting.delete(id as number);
  realClearTimeout(id);
};

const fail = (reason: unknown) => port.postMessage({ kind: 'error', text: String(reason) });
self.addEventListener('unhandledrejection', (event) => fail(event.reason));

const pause = () => new Promise<void>((done) => realSetTimeout(done, 4));

port.onmessage = async ({ data }) => {
  try {
    await import(data.url);
    do await pause();
    while (waiting.size > 0);
    port.postMessage({ kind: 'done' });
  } catch (error) {
    fail(error);
  }
};
port.postMessage({ kind: 'ready' });
