// The rewritten program prints what the program prints, in the same order: every snippet and every
// lesson, on the engine's own promises. The browsers do the same (tests/browser/honesty.mjs).
import { expect, test } from '@jest/globals';
import { parse } from 'acorn';
import { rewrite } from '../../dist/page/run/rewrite-script.js';
import { recordInNode, runInNode } from './honesty.mjs';
import { programs } from './snippets.mjs';

test.each(programs)('$name', async ({ source }) => {
  const plain = await runInNode(source);
  const { lines, events } = await recordInNode(rewrite(source, parse));
  expect(lines).toEqual(plain);
  expect(lines.length).toBeGreaterThan(0);
  expect(events[0]).toMatchObject({ kind: 'enter', name: 'module' });
});

test.each(programs)('$name: nothing is removed or moved', ({ source }) => {
  const text = rewrite(source, parse);
  let at = 0;
  for (const char of source) {
    at = text.indexOf(char, at) + 1;
    expect(at).toBeGreaterThan(0);
  }
  expect(text.trimEnd().split('\n').length).toBe(source.split('\n').length + 1);
});
