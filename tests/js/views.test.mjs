// What the views compute before they draw: axes, states, fields.
import { describe, expect, test } from '@jest/globals';
import { axisOf, stepAt } from '../../dist/page/timeline/axis.js';
import { readFrames } from '../../dist/page/run/frame-log.js';
import { pathOf, statesOf } from '../../dist/page/views/states-view.js';
import { fieldsOf } from '../../dist/page/views/memory-view.js';

const at = (...times) => times.map((t) => ({ side: 'c', t, text: '', what: 'note' }));

describe('axes', () => {
  test('by steps each has the same room', () => {
    const { xs, marks } = axisOf(at(0, 0, 40, 40), 'steps', 80);
    expect([...xs]).toEqual([0, 20, 40, 60, 80]);
    expect(marks).toEqual([
      { x: 0, text: '0 ms' },
      { x: 40, text: '40 ms' },
    ]);
  });
  test('by time a wait has its length, and a long one is folded', () => {
    const { xs, slot, marks } = axisOf(at(0, 0, 10, 1000), 'ms', 80);
    expect(xs[2] - xs[1]).toBe(slot + 40);
    expect(xs[3] - xs[2]).toBe(slot + 84);
    expect(marks.filter(({ isFold }) => isFold).map(({ text }) => text)).toEqual(['⋯ 990 ms ⋯']);
  });
  test('a place leads to the step that is drawn there', () => {
    const axis = axisOf(at(0, 0, 10, 1000), 'ms', 80);
    for (let step = 0; step < 4; step++) expect(stepAt(axis, axis.xs[step] + 1)).toBe(step);
    expect(stepAt(axis, -5)).toBe(0);
  });
});

const source = `struct app {
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->a,
                make());
    for (;;)
        ROUSE_TRY_AWAIT(self->b, other());
    ROUSE_END;
}`;

test('the states of a function are its awaits, between start and end', () => {
  const states = statesOf(source, 'app');
  expect(states.map(({ from, to, text }) => [from, to, text])).toEqual([
    [0, 0, 'start'],
    [6, 7, 'ROUSE_AWAIT(self->a, make());'],
    [9, 9, 'ROUSE_TRY_AWAIT(self->b, other());'],
    [Infinity, Infinity, 'end'],
  ]);
  const step = (what, at, fate) => ({ side: 'c', actor: 4, what, at, fate });
  const moments = [
    step('run', 1),
    step('pause', 7),
    step('run', 7),
    step('pause', 9),
    step('run', 9),
    step('pause', 9),
    step('end', 0, 'done'),
  ];
  expect(pathOf(states, moments, 4)).toEqual([0, 1, 2, 2, 3]);
  expect(pathOf(states, moments, 5)).toEqual([]);
  expect(statesOf(source, 'rouse_sleep')).toEqual([]);
});

test('a field ends where the next one of its depth begins', () => {
  const rows = [
    [0, 1, 'struct rouse_future', 'future'],
    [0, 2, 'int', 'a'],
    [4, 2, 'int', 'b'],
    [8, 1, 'uint64_t', 'c'],
  ];
  expect(fieldsOf(rows, 16).map(({ name, size, isLeaf }) => [name, size, isLeaf])).toEqual([
    ['future', 8, false],
    ['a', 4, true],
    ['b', 4, true],
    ['c', 8, true],
  ]);
});

test('the log of frames is read as it was written', () => {
  const words = new Uint32Array([0, 24, 1, 7, 3, 0x500, 6, 0x04030201, 0x0605]);
  const { shots, isFull } = readFrames(words.buffer, 4);
  expect(isFull).toBe(true);
  expect(shots).toEqual([{ seq: 7, future: 3, at: 0x500, bytes: Uint8Array.of(1, 2, 3, 4, 5, 6) }]);
  expect(readFrames(undefined, undefined)).toEqual({ shots: [], isFull: false });
});
