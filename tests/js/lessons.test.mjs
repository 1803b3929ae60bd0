// What every lesson has to be: short enough to read, narrow enough to stand beside the other side, whole.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';

const root = new URL('../../web/lessons/', import.meta.url);
const folders = readdirSync(root).filter((name) => /^\d+-/.test(name));
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const about = (folder) => JSON.parse(read(`${folder}/lesson.json`));
const words = (text) => text.split(/\s+/).length;
const COLUMNS = { c: 48, js: 46 };
const variants = ['twist.c', 'twist.js'];

test('lessons are numbered without a gap', () => {
  const numbers = folders.map((name) => parseInt(name, 10)).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
});

test.each(folders)('%s: sources fit into their panels', (folder) => {
  for (const part of ['lesson', 'twist'])
    for (const [ending, columns] of Object.entries(COLUMNS)) {
      const path = `${folder}/${part}.${ending}`;
      const lines = existsSync(new URL(path, root)) ? read(path).split('\n') : [];
      expect(lines.filter((line) => line.length > columns)).toEqual([]);
    }
});

test.each(folders)('%s: texts are short, and the answer is one of the options', (folder) => {
  const { prose, question, insight, twist, expect: wanted } = about(folder);
  expect(words(prose.join(' '))).toBeLessThanOrEqual(120);
  expect(words(twist.note)).toBeLessThanOrEqual(80);
  expect(words(insight)).toBeLessThanOrEqual(30);
  expect(question.options).toContain(wanted.answer);
  expect(new Set(question.options).size).toBe(question.options.length);
});

test.each(folders)('%s: what can be broken is a program of its own', (folder) => {
  const there = variants.filter((name) => existsSync(new URL(`${folder}/${name}`, root)));
  expect(there.length).toBeGreaterThan(0);
  for (const name of there) expect(read(`${folder}/${name}`)).not.toBe(read(`${folder}/${name.replace('twist', 'lesson')}`));
});

test.each(folders)('%s: all that it loads is 25 kB at most', (folder) => {
  const built = new URL(`../../dist/web/lessons/${folder}/`, import.meta.url);
  const files = readdirSync(built).filter((name) => name.startsWith('lesson.'));
  const sizes = files.map((name) => gzipSync(readFileSync(new URL(name, built)), { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(25_000);
});
