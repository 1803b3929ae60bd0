// Links: what the page writes it reads again, what older pages wrote as well, and of what is broken as much as
// can be.
import { expect, test } from '@jest/globals';
import { readPlace, writePlace } from '../../dist/page/links/address.js';
import { pack, unpack } from '../../dist/page/links/pack.js';
import { lessonSources } from '../../tools/lesson-source.mjs';

test.each([
  '#l=2',
  '#l=3&b=1&s=9',
  '#l=0',
  '#v1.6.q1bKKlayUlAqS8wpTVWqBQA',
  '#v1.6b.abc-_&s=4',
  '#l=3&b=2',
  '#v1.6b2.abc',
])('%s', (hash) => expect(writePlace(readPlace(hash))).toBe(hash));

test('what says no number is not said', () => {
  expect(readPlace('')).toEqual({ lesson: 1, step: 0, variant: 0 });
  expect(readPlace('#l=6&s=14')).toEqual({ lesson: 6, step: 14, variant: 0 });
  expect(readPlace('#l=4&s=-3&b=1')).toEqual({ lesson: 4, step: 0, variant: 1 });
});

test('a broken link says so, and keeps what it can', () => {
  expect(readPlace('#l=x&s=3')).toMatchObject({ lesson: 1, step: 3, problem: expect.stringContaining('damaged') });
  expect(readPlace('#v7.6b.abc&s=3')).toMatchObject({
    lesson: 6,
    step: 3,
    variant: 1,
    problem: expect.stringContaining('newer version'),
  });
  expect(readPlace('#v7.6b.abc&s=3').packed).toBeUndefined();
});

const program = lessonSources('lessons/7-cancel', 'js').get('lesson');

test('a program goes there and back, and 2 kB of it are at most 1.6 kB of a link', async () => {
  const js = `${program.repeat(3).slice(0, 1900)} // ünïcödé ✓`;
  const packed = await pack({ js });
  expect(packed).toMatch(/^[\w-]+$/);
  expect(packed.length).toBeLessThan(1600);
  expect(await unpack(packed)).toEqual({ js });
});

test('a damaged program is none', async () => {
  const packed = await pack({ js: program });
  for (const text of ['', '!', 'abc', packed.slice(0, -9), `x${packed}`]) expect(await unpack(text)).toBeUndefined();
  const other = Buffer.from(await pack({ js: 5 }), 'base64url').toString('base64url');
  expect(await unpack(other)).toBeUndefined();
});

test('one that unpacks to far too much is none', async () =>
  expect(await unpack(await pack({ js: 'x'.repeat(900_000) }))).toBeUndefined());

// Never changed, only added to: links that pages of version 1 have written.
test('links of every version still open', async () => {
  const place = readPlace('#v1.6.q1bKKlayUkrOzyvOz0nVy8lP11AvKMrMK1HXtFaqBQA&s=12');
  expect(place).toMatchObject({ lesson: 6, step: 12, variant: 0 });
  expect(await unpack(place.packed)).toEqual({ js: "console.log('print');" });
});
