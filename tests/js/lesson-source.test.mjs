// How the versions of a lesson are made of one file, and what is said of a file that makes none.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { lessonSources, versionsOf } from '../../tools/lesson-source.mjs';
import { root } from '../../tools/process.mjs';

const made = (...lines) => Object.fromEntries(versionsOf(lines.join('\n'), 'a.c'));
const failure = (...lines) => {
  try {
    return made(...lines);
  } catch (error) {
    return error.message;
  }
};

test('a text without markers is the lesson as it is', () => {
  expect(made('one', '', 'two // @ home', '')).toEqual({ lesson: 'one\n\ntwo // @ home\n' });
});

test('what is marked is in the versions that are named, and the rest in all', () => {
  const versions = made(
    'first',
    '  //@ lesson twist2',
    '  not in twist',
    '  //@ twist',
    '  only in twist',
    '  //@ all',
    'last',
  );
  expect(versions).toEqual({
    lesson: 'first\n  not in twist\nlast',
    twist: 'first\n  only in twist\nlast',
    twist2: 'first\n  not in twist\nlast',
  });
});

test('a twist that only adds, and one that only lacks something', () => {
  expect(made('a', '//@ twist', 'b', '//@ all')).toEqual({ lesson: 'a', twist: 'a\nb' });
  expect(made('a', '//@ lesson', 'b', '//@ twist', '//@ all')).toEqual({ lesson: 'a\nb', twist: 'a' });
});

test('a marker that is wrong is told with its line', () => {
  const known = 'after //@ stand lesson, twist, twist2 and so on, or all';
  expect(failure('a', '//@ twsit', 'b', '//@ all')).toBe(`a.c:2: "twsit" is no version: ${known}`);
  expect(failure('a', '//@ lesson all', 'b')).toBe(`a.c:2: "all" is no version: ${known}`);
  expect(failure('a', '//@', 'b')).toBe(`a.c:2: "" is no version: ${known}`);
  expect(failure('a', 'b(); //@ twist', '//@ all')).toBe('a.c:2: a marker is a line of its own');
  expect(failure('a', '//@ lesson', 'b', '//@ twist', 'c')).toBe('a.c:4: no //@ all ends this');
  expect(failure('a', 'b', '//@ all')).toBe('a.c:3: there is nothing that //@ all could end');
  expect(failure('a', '//@ lesson', 'b', '//@ all')).toBe(
    'a.c: no marker names a twist: where it lacks something, write //@ twist and no lines',
  );
});

test('a twist may be a file of its own, but not both', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rouse-lesson-'));
  const sources = () => Object.fromEntries(lessonSources(relative(join(root, 'web'), folder), 'js'));
  try {
    for (const name of ['lesson.js', 'lesson.c', 'twist.js', 'twist.c', 'twist.md', 'notes.js'])
      writeFileSync(join(folder, name), name);
    expect(sources()).toEqual({ lesson: 'lesson.js', twist: 'twist.js' });
    writeFileSync(join(folder, 'lesson.js'), '//@ twist\n//@ all\n');
    expect(sources).toThrow(/twist\.js: .*lesson\.js has a twist, too$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
