// The bridge between C and JavaScript, as tests/bench/peers/js/bridges.mjs measures it of its peers; in
// Node (`node bridge.mjs MODULE [FILTER]`) and in a page.
import { bench, keepOnly } from './peers/js/bench.mjs';

/** `load` is the package's, `source` the module of bridge.c. */
export async function run(load, source, out) {
  const app = await load(source, { imports: { promiseOf: (i) => Promise.resolve(i) } });
  const n = 300_000;
  const tasks = (count) => Array.from({ length: 1000 }, () => app.await_resolved(count));
  await bench(out, 'await_resolved', n, () => app.await_resolved(n));
  await bench(out, 'await_same', n, () => app.await_same(n, Promise.resolve(1)));
  await bench(out, 'await_1000tasks', n, () => Promise.all(tasks(n / 1000)));
  await bench(out, 'expose_ready', n, async () => {
    for (let i = 0; i < n; i++) await app.ready(i);
  });
  await bench(out, 'expose_pending_once', n, async () => {
    for (let i = 0; i < n; i++) await app.pending_once(i);
  });
  await bench(out, 'stream_items', n, async () => {
    for await (const _ of app.items(n));
  });
}

if (globalThis.process?.argv[1]?.endsWith('bridge.mjs')) {
  const { load } = await import('../../dist/index.js');
  const { readFile } = await import('node:fs/promises');
  const [module, filter] = process.argv.slice(2);
  keepOnly(filter);
  await run(load, readFile(module), console.log);
}
