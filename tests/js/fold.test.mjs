// Loops that do the same again and again are told shortly, and every view stays true.
import { expect, test } from '@jest/globals';
import { trueAnswer } from '../../dist/page/lesson/answer.js';
import { fold } from '../../dist/page/story/fold-loops.js';
import { Replay } from '../../dist/page/story/replay.js';

const at = { side: 'c', t: 0 };
const born = { ...at, what: 'make', text: 'made', actor: 1, born: { name: 'loop', kind: 'future' } };
const round = (leaf) => [
  { ...at, what: 'run', text: 'polled', actor: 1 },
  { ...at, what: 'make', text: 'leaf', actor: leaf, born: { name: 'leaf', kind: 'future' } },
  { ...at, what: 'pause', text: 'pending', actor: 1, readies: [1] },
];
const loop = (rounds) => [born, ...Array.from({ length: rounds }, (_, i) => round(10 + i)).flat()];

test('a loop of many rounds is told three times and counted', () => {
  const folded = fold(loop(100));
  expect(folded.map(({ text }) => text)).toEqual([
    'made',
    ...Array(2).fill(['polled', 'leaf', 'pending']).flat(),
    'The same 97 more times.',
    'polled',
    'leaf',
    'pending',
  ]);
});

test('who ran in the rounds that are left out is counted all the same', () => {
  const folded = fold(loop(100));
  expect(trueAnswer({ pollsOf: 'loop' }, folded)).toBe('100 times');
  const { c } = new Replay(folded).at(folded.length);
  expect(c.actors[0]).toMatchObject({ name: 'loop', runs: 100, state: 'waiting' });
  expect(c.ready).toEqual([1]);
});

test('a loop of few rounds is told as it is', () => {
  expect(fold(loop(7))).toEqual(loop(7));
});

test('what prints, and what happens at another time, is never left out', () => {
  const print = { ...at, what: 'print', text: 'Prints “x”.', printed: 'x' };
  expect(fold(Array(50).fill(print))).toHaveLength(50);
  const ticks = Array.from({ length: 50 }, (_, t) => ({ ...at, t, what: 'note', text: 'tick' }));
  expect(fold(ticks)).toEqual(ticks);
});
