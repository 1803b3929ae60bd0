// What every lesson has to be: short enough to read, narrow enough to stand beside the other side, whole.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { lessonSources } from '../../tools/lesson-source.mjs';

const root = new URL('../../web/lessons/', import.meta.url);
const folders = readdirSync(root).filter((name) => /^\d+-/.test(name));
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const about = (folder) => JSON.parse(read(`${folder}/lesson.json`));
const words = (text) => text.split(/\s+/).length;
const COLUMNS = { c: 48, js: 46 };
/** All versions of a lesson's programs: [file's name, source]. */
const versions = (folder) =>
  ['c', 'js'].flatMap((ending) =>
    [...lessonSources(`lessons/${folder}`, ending)].map(([version, source]) => [`${version}.${ending}`, source]),
  );

test('lessons are numbered without a gap', () => {
  const numbers = folders.map((name) => parseInt(name, 10)).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
});

test.each(folders)('%s: sources fit into their panels', (folder) => {
  for (const [name, source] of versions(folder)) {
    const columns = COLUMNS[name.split('.')[1]];
    expect(source.split('\n').filter((line) => line.length > columns)).toEqual([]);
  }
});

test.each(folders)('%s: texts are short, and the answer is one of the options', (folder) => {
  const { prose, question, insight, twists, expect: wanted } = about(folder);
  expect(words(prose.join(' '))).toBeLessThanOrEqual(120);
  for (const { note } of twists) expect(words(note)).toBeLessThanOrEqual(80);
  expect(wanted.twists.length).toBe(twists.length);
  expect(words(insight)).toBeLessThanOrEqual(30);
  expect(question.options).toContain(wanted.answer);
  expect(new Set(question.options).size).toBe(question.options.length);
});

test.each(folders)('%s: what can be broken is a program of its own', (folder) => {
  const sources = new Map(versions(folder));
  const there = [...sources.keys()].filter((name) => name.startsWith('twist')).sort();
  const names = about(folder).twists.map((_, i) => `twist${i === 0 ? '' : i + 1}`);
  expect([...new Set(there.map((name) => name.split('.')[0]))]).toEqual(names);
  for (const name of there) expect(sources.get(name)).not.toBe(sources.get(`lesson.${name.split('.')[1]}`));
});

test.each(folders)('%s: all that it loads is 25 kB at most', (folder) => {
  const built = new URL(`../../dist/web/lessons/${folder}/`, import.meta.url);
  const files = readdirSync(built).filter((name) => name.startsWith('lesson.'));
  const sizes = files.map((name) => gzipSync(readFileSync(new URL(name, built)), { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(25_000);
});
