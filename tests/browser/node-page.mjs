// What the page records of a lesson, recorded in Node: the very scripts of the page's workers, in workers of Node's
// that look like those of a browser.
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** Makes a thread of Node's a worker of the web, as far as our scripts look. */
const LIKE_THE_WEB = `
const { parentPort } = require('node:worker_threads');
globalThis.self = globalThis;
self.postMessage = (message) => parentPort.postMessage(message);
parentPort.on('message', (data) => self.onmessage({ data }));
globalThis.Blob = class { constructor(parts) { this.text = parts.join(''); } };
URL.createObjectURL = ({ text }) => 'data:text/javascript,' + encodeURIComponent(text);
const reasons = new WeakMap();
const listeners = {};
self.addEventListener = (name, listen) => (listeners[name] = listen);
const tell = (name, reason) => listeners[name]?.({ reason, preventDefault() {} });
process.on('unhandledRejection', (reason, promise) => (reasons.set(promise, reason), tell('unhandledrejection', reason)));
process.on('rejectionHandled', (promise) => tell('rejectionhandled', reasons.get(promise)));
`;

/** All that a worker of the page says until it is done. */
function runWorker(site, script, start) {
  const worker = new Worker(LIKE_THE_WEB + readFileSync(`${site}/page/${script}.js`, 'utf8'), { eval: true });
  const said = [];
  const done = new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (message) => {
      if (message.kind === 'ready') return worker.postMessage(start);
      if (message.kind === 'error' || message.kind === 'stopped')
        return reject(new Error(`${script}: ${message.text}`));
      said.push(message);
      if (message.kind === 'done') resolve(said);
    });
  });
  return done.finally(() => worker.terminate());
}

const eventsOf = (said) => said.flatMap(({ kind, events }) => (kind === 'events' ? events : []));

/** The trace that the page would save, as text; `files` are those of a variant. */
export async function traceInNode(site, { folder, isBridge }, files) {
  const { exportTrace } = await import('../../dist/page/traces/trace-export.js');
  const path = (ending) => `${site}/${folder}/${files[ending] || 'lesson'}`;
  const wasm = readFileSync(`${path('c')}.wasm`);
  const bytes = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length);
  const source = readFileSync(`${path('js')}.recorded.js`, 'utf8');
  if (isBridge) {
    const said = await runWorker(site, 'bridge-worker', { source, bytes });
    return JSON.stringify(exportTrace(said.find(({ kind }) => kind === 'c').run, eventsOf(said)));
  }
  const [c, js] = await Promise.all([runWorker(site, 'c-worker', { bytes }), runWorker(site, 'js-worker', { source })]);
  return JSON.stringify(exportTrace(c.at(-1).run, eventsOf(js)));
}
