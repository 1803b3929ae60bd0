// moment.ts: one step of a recording, in terms that both sides share: actors (a future, an async call, a timer) are
// made, run, pause and end. Every view is drawn from moments alone.

export type Side = 'c' | 'js';
export type Lines = [first: number, last: number];

export interface Moment {
  side: Side;
  /** Virtual milliseconds. */
  t: number;
  /** The event of the C program that it is, or that it comes before. */
  seq?: number;
  /** One sentence for a person; names stand between backticks. */
  text: string;
  what: 'make' | 'run' | 'pause' | 'end' | 'drop' | 'wake' | 'timer' | 'print' | 'note';
  lines?: Lines;
  /** Who it is about. */
  actor?: number;
  warning?: boolean;
  /** The actor is new. */
  born?: { name: string; kind: 'future' | 'call' | 'timer'; bytes?: number; due?: number };
  /** How it ended: it returned, failed, was dropped, or was dropped without ever having run. */
  fate?: 'done' | 'failed' | 'dropped' | 'unpolled';
  /** What it waits for. */
  on?: string;
  /** Actors that are queued to run from here on. */
  readies?: number[];
  /** A task's outermost future. */
  isTask?: boolean;
  printed?: string;
  /** For a poll, where the future stood. */
  at?: number;
  /** The name of a lint. */
  lint?: string;
  /** It stands for moments that were left out (fold-loops.ts): how often each actor ran in them. */
  again?: [actor: number, runs: number][];
}

/** For two programs in one worker: the order in which things happened. A runtime without a timer does not read the
    clock, so a moment is at least as late as the one before it. */
export function mergeTogether(c: Moment[], js: Moment[]): Moment[] {
  const merged: Moment[] = [];
  const add = (moment: Moment) => merged.push({ ...moment, t: Math.max(moment.t, merged.at(-1)?.t ?? 0) });
  let next = 0;
  for (const moment of js) {
    while (next < c.length && c[next]!.seq! < (moment.seq ?? 0)) add(c[next++]!);
    add(moment);
  }
  c.slice(next).forEach(add);
  return merged;
}

/** For two programs that ran alone: by time; within one instant the sides take turns. */
export function merge(c: Moment[], js: Moment[]): Moment[] {
  const merged: Moment[] = [];
  const sides = [c, js];
  const next = [0, 0];
  const peek = (side: number) => sides[side]![next[side]!];
  for (let turn = 0; peek(0) ?? peek(1); turn = 1 - turn) {
    const [mine, other] = [peek(turn), peek(1 - turn)];
    const isMine = mine !== undefined && (other === undefined || mine.t <= other.t);
    const side = isMine ? turn : 1 - turn;
    merged.push(peek(side)!);
    next[side]!++;
    if (!isMine) turn = 1 - turn;
  }
  return merged;
}
