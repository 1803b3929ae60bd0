// The lesson in which JavaScript loads the C program: recorded, both print what they print otherwise, and
// the page tells what happened in the order in which it did.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'acorn';
import { load } from '../../dist/index.js';
import { mergeTogether } from '../../dist/page/story/moment.js';
import { rewrite } from '../../dist/page/run/rewrite-script.js';
import { recordInNode, runInNode } from './honesty.mjs';
import { bridges } from './snippets.mjs';

const wasm = readFileSync(new URL('../../dist/web/lessons/15-the-bridge/lesson.wasm', import.meta.url));
/** rouse's own, with the lesson's module; what C prints goes to `lines`. */
const loader = (lines) => ({
  load: (_, options) => load(wasm, { ...options, stdout: (text) => lines.push(text.trimEnd()) }),
});

test.each(bridges)('$name', async ({ source }) => {
  const [plain, recorded] = [[], []];
  const lines = await runInNode(source, loader(plain));
  expect(lines.length).toBeGreaterThan(0);
  expect((await recordInNode(rewrite(source, parse), loader(recorded))).lines).toEqual(lines);
  expect(recorded).toEqual(plain);
  expect(plain[0]).toBe('C: measures /a');
});

test('an import stays on its line, as a comment', () => {
  const line = rewrite('import { load } from "rouse";\nlet x;', parse).split('\n')[0];
  expect(line).toContain('const{load}=$modules["rouse"];/*import { load } from "rouse";*/');
});

test('both programs in one worker are told in the order of what happened, and time does not step back', () => {
  const c = [
    { side: 'c', seq: 0, t: 0 },
    { side: 'c', seq: 4, t: 0 },
  ];
  const js = [
    { side: 'js', seq: 0, t: 0 },
    { side: 'js', seq: 4, t: 50 },
    { side: 'js', seq: 9, t: 50 },
  ];
  expect(mergeTogether(c, js).map(({ side, seq, t }) => [side, seq, t])).toEqual([
    ['js', 0, 0],
    ['c', 0, 0],
    ['js', 4, 50],
    ['c', 4, 50],
    ['js', 9, 50],
  ]);
});
