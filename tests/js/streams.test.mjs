// Web streams as a reader and a writer of C (wasm/js/js_stream.c).
import { describe, expect, test } from '@jest/globals';
import { app as loadApp, reasonOf, sleep, until } from './support/apps.mjs';

const imports = {};
for (const name of ['fetchText', 'measure', 'getI32', 'getValue', 'getBytes', 'beep']) imports[name] = () => {};
const load = () => loadApp('imports', { imports });

/** Gives one chunk after another, each after `ms`. */
function source(chunks, ms = 0) {
  const left = [...chunks];
  return new ReadableStream({
    async pull(controller) {
      if (ms) await sleep(ms);
      if (left.length > 0) controller.enqueue(Uint8Array.from(left.shift()));
      else controller.close();
    },
  });
}

/** Keeps what it is given. `most`: how many writes were under way at once. */
function sink(ms = 0) {
  const got = { bytes: [], sizes: [], busy: 0, most: 0, closed: 0 };
  got.stream = new WritableStream({
    async write(chunk) {
      got.most = Math.max(got.most, ++got.busy);
      if (ms) await sleep(ms);
      got.busy--;
      got.sizes.push(chunk.length);
      got.bytes.push(...chunk);
    },
    close: () => void got.closed++,
  });
  return got;
}

const clean = { handles: 0, owned: 0, imports: 0, calls: 0 };

describe('a web stream as a reader and a writer', () => {
  test('passes all on, in the pieces that C asks for, and closes', async () => {
    const app = await load();
    const to = sink(1);
    const from = source([[1, 2, 3, 4, 5, 6], [], [7]]);
    expect(await app.copy_bytes(from, to.stream, 3600_000)).toBe(7);
    expect(to).toMatchObject({ bytes: [1, 2, 3, 4, 5, 6, 7], sizes: [4, 2, 1], most: 1, closed: 1 });
    expect([from.locked, to.stream.locked]).toEqual([false, false]);
    expect(app.inUse).toMatchObject(clean);
  });

  test('a read that is cancelled loses nothing', async () => {
    const app = await load();
    const to = sink();
    expect(await app.copy_bytes(source([[1], [2, 3], [4]], 8), to.stream, 1)).toBe(4);
    expect(to.bytes).toEqual([1, 2, 3, 4]);
    expect(app.inUse).toMatchObject(clean);
  });

  test('a stream that fails, fails in C with its own reason', async () => {
    const app = await load();
    const broken = new Error('broken');
    const failing = () => Promise.reject(broken);
    const from = new ReadableStream({ pull: failing });
    expect(await reasonOf(app.copy_bytes(from, sink().stream, 3600_000))).toBe(broken);
    const to = new WritableStream({ write: failing });
    expect(await reasonOf(app.copy_bytes(source([[1], [2]]), to, 3600_000))).toBe(broken);
    expect(app.inUse).toMatchObject({ ...clean, thrown: 0 });
  });

  test('an abort in the middle leaves nothing behind, and no lock (pitfall 35)', async () => {
    const app = await load();
    for (const [from, to] of [
      [source([[1], [2]], 50), sink()],
      [source([[1], [2]]), sink(50)],
    ]) {
      const task = app.spawn(app.copy_bytes(from, to.stream, 3600_000));
      await sleep(10);
      task.abort('enough');
      expect(await reasonOf(task)).toBe('enough');
      expect(app.inUse).toMatchObject(clean);
      await until(() => !from.locked && !to.stream.locked);
      expect([from.locked, to.stream.locked]).toEqual([false, false]);
    }
  });
});
