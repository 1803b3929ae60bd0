// axis.ts: where each step of a recording stands on the time axis. By steps, each has a slot of the same width; by
// time, it stands where the clock was, with the steps of one instant close together. Long idle times are folded.
import type { Moment } from '../story/moment.js';

export type AxisKind = 'steps' | 'ms';

export interface Axis {
  /** The left edge of step i (from 0), and of what would come after the last. */
  xs: Float64Array;
  /** How wide a step is. */
  slot: number;
  /** Where the clock jumped, and to what. */
  marks: { x: number; text: string; isFold?: boolean }[];
}

const LEAST_SLOT = 9;
const MOST_SLOT = 30;
const INSTANT_SLOT = 6; // of a step, where time counts
const MS = 4; // pixels for one
const FOLD_MS = 30; // longer than that is folded
const FOLD = 84;

const round = (ms: number) => Math.round(ms * 10) / 10;

export function axisOf(moments: readonly Moment[], kind: AxisKind, room: number): Axis {
  const count = moments.length;
  const fitting = Math.min(Math.max(room / Math.max(count, 1), LEAST_SLOT), MOST_SLOT);
  const slot = kind === 'steps' ? fitting : INSTANT_SLOT;
  const xs = new Float64Array(count + 1);
  const marks: Axis['marks'] = [];
  let x = 0;
  let last = 0;
  moments.forEach(({ t }, i) => {
    const idle = t - last;
    if (kind === 'ms' && idle > FOLD_MS) marks.push({ x: x + 4, text: `⋯ ${round(idle)} ms ⋯`, isFold: true });
    if (kind === 'ms') x += idle > FOLD_MS ? FOLD : idle * MS;
    if (i === 0 || idle > 0) marks.push({ x, text: `${round(t)} ms` });
    xs[i] = x;
    x += slot;
    last = t;
  });
  xs[count] = x;
  return { xs, slot, marks };
}

/** The step whose slot contains `x`: the last one that begins at or before it. */
export function stepAt({ xs }: Axis, x: number): number {
  let [low, high] = [0, xs.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (xs[middle]! <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}
