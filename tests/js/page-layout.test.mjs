// The rooms of web/page: which room may import from which, how long things are, and that docs/page.md names each file.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tooLong } from './support/lengths.mjs';
import { checkRooms } from './support/rooms.mjs';

const page = fileURLToPath(new URL('../../web/page', import.meta.url));
const doc = readFileSync(new URL('../../docs/page.md', import.meta.url), 'utf8');

// From the ground up. A recording is made below `story`, and shown by what stands above it.
const TABLE = {
  dom: [],
  run: ['dom'],
  story: ['run'],
  timeline: ['dom', 'story'],
  source: ['dom', 'run', 'story'],
  views: ['dom', 'run', 'story'],
  stage: ['dom', 'story', 'timeline', 'source', 'views'],
  lesson: ['dom', 'run', 'story'],
  links: ['dom'],
  traces: ['dom', 'run', 'story'],
  shell: ['dom'],
  terminal: ['dom', 'source', 'shell'],
  '.': ['dom', 'run', 'story', 'source', 'stage', 'lesson', 'links', 'traces', 'shell'],
};

/** What is wrong once `text` stands at the end of a file of the page. */
function checkWith(file, text) {
  const copy = mkdtempSync(join(tmpdir(), 'page-'));
  try {
    cpSync(page, copy, { recursive: true });
    writeFileSync(join(copy, file), `${readFileSync(join(page, file), 'utf8')}\n${text}\n`);
    return checkRooms(copy, TABLE);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

test('every import goes the way the table says, and none in a circle', () => {
  expect(checkRooms(page, TABLE)).toEqual([]);
});

test.each([
  ['run/sandbox.ts', `import { fold } from '../story/fold-loops.js';`],
  ['run/sandbox.ts', `import type { Moment } from '../story/moment.js';`],
  ['run/sandbox.ts', `export * from '../story/moment.js';`],
  ['run/sandbox.ts', `void import('../story/moment.js');`],
])('an import against the table is found: %s with %s', (file, text) => {
  expect(checkWith(file, text)).toEqual([expect.stringContaining('run may not import from story')]);
});

test('a circle is found, and one of types alone is none', () => {
  expect(checkWith('dom/patch.ts', `import { make } from './elements.js';`)).toEqual([
    'a circle: dom/elements.ts -> dom/patch.ts -> dom/elements.ts',
  ]);
  expect(checkWith('dom/patch.ts', `import type { make } from './elements.js';`)).toEqual([]);
});

test('a room that the table does not name is found, and one that does not exist', () => {
  expect(checkRooms(page, { ...TABLE, attic: [] })).toEqual(['there is no room attic']);
  const { shell: _, ...less } = TABLE;
  expect(checkRooms(page, less)).toContain('the table does not name the room shell');
});

test('no line, function or file is too long', () => {
  expect(tooLong(page)).toEqual([]);
});

test('docs/page.md names every file, in its room', () => {
  const named = {};
  let room = '';
  for (const [, first, files] of doc.matchAll(/^\| (?:`(\w+)`)? *\| (`[^|]*`) \|/gm)) {
    room = first ?? room;
    (named[room] ??= []).push(...[...files.matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
  }
  const rooms = Object.keys(TABLE).filter((name) => name !== '.');
  const filesOf = (name) => readdirSync(join(page, name)).map((file) => basename(file, '.ts'));
  for (const name of rooms) expect([name, named[name]?.sort()]).toEqual([name, filesOf(name).sort()]);
});
