// The trace reader: its list of kinds is the header's, and a ring that went round is read in order.
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readTrace, TRACE_KINDS } from '../../dist/trace/trace-ring.js';

test('the kinds are those of ROUSE_TRACE_LIST', () => {
  const header = new URL('../../runtime/include/rouse/trace.h', import.meta.url);
  const entries = readFileSync(header, 'utf8').matchAll(
    /\bX\([A-Z_]+, (\d+), "([a-z._]+)", "(.*?)", "(.*?)", "(.*?)"\)/g,
  );
  const listed = Object.fromEntries([...entries].map(([, code, ...texts]) => [code, texts]));
  expect(Object.keys(listed).length).toBeGreaterThan(10);
  expect(TRACE_KINDS).toEqual(listed);
});

test('a ring that went round, with a kind from the future', () => {
  const buffer = new ArrayBuffer(1024);
  const view = new DataView(buffer);
  const [ring, capacity, seq, lost, strings] = [128, 4, 6, 2, 512];
  const put = (at, words) => words.forEach((word, i) => view.setUint32(at + 4 * i, word, true));
  put(16, [ring, capacity, seq, lost, strings, 64, 7]);
  new Uint8Array(buffer, strings, 7).set(Buffer.from('\0gr\u00e9et\0').subarray(0, 7));
  const kinds = { 2: 1, 3: 48, 4: 200, 5: 24 };
  for (const [number, kind] of Object.entries(kinds)) {
    const at = ring + 32 * (number % capacity);
    put(at, [number, kind, 9, 1, 1, 3]);
    view.setFloat64(at + 24, 1.5, true);
  }
  const trace = readTrace(buffer, 16);
  expect(trace.lost).toBe(2);
  expect(trace.events.map(({ seq, kind, text }) => [seq, kind, text])).toEqual([
    [2, 'fut.create', 'gr\u00e9et'],
    [3, 'log', 'gr\u00e9et'],
    [4, '?', undefined],
    [5, 'wake', undefined],
  ]);
  expect(trace.events[3]).toMatchObject({ task: 9, a: 1, b: 1, c: 3, t: 1.5 });
});
