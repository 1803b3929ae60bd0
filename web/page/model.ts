// model.ts: what is true at a step. `Replay` is a pure function of (moments, step): it keeps a copy of the
// state every few hundred steps, so that a step backwards costs no more than one forwards.
import type { Lines, Moment, Side } from './moment.js';

export interface Actor {
  id: number;
  name: string;
  kind: 'future' | 'call' | 'timer';
  bytes?: number;
  due?: number;
  parent?: number;
  isTask?: boolean;
  runs: number;
  state: 'made' | 'running' | 'waiting' | 'done' | 'failed' | 'dropped' | 'unpolled';
  line?: number;
  on?: string;
}

export interface SideState {
  actors: Actor[]; // in the order they were made
  stack: number[]; // who runs, innermost last
  ready: number[]; // who is queued to run
  printed: string[];
  lines?: Lines;
}

export interface State {
  t: number;
  c: SideState;
  js: SideState;
}

const ENDED = new Set<Actor['state']>(['done', 'failed', 'dropped', 'unpolled']);
export const hasEnded = (actor: Actor) => ENDED.has(actor.state);
const emptySide = (): SideState => ({ actors: [], stack: [], ready: [], printed: [] });
export const emptyState = (): State => ({ t: 0, c: emptySide(), js: emptySide() });
export const actorOf = (side: SideState, id: number | undefined) =>
  side.actors.find((actor) => actor.id === id);

function bear(side: SideState, moment: Moment): void {
  const { born, actor: id, isTask } = moment;
  if (!born || id === undefined) return;
  const actor: Actor = { id, ...born, runs: 0, state: born.kind === 'timer' ? 'waiting' : 'made' };
  const parent = side.stack.at(-1);
  if (parent !== undefined) actor.parent = parent;
  if (isTask) actor.isTask = true;
  side.actors.push(actor);
}

function leaveStack(side: SideState, id: number): void {
  side.stack = side.stack.filter((other) => other !== id);
}

function run(side: SideState, actor: Actor): void {
  const caller = side.stack.at(-1);
  // Who polls a future first is who awaits it; who made it may be further out.
  if (caller !== undefined && actor.runs === 0 && actor.kind === 'future') actor.parent = caller;
  actor.runs++;
  actor.state = 'running';
  delete actor.on;
  side.stack.push(actor.id);
}

function rest(side: SideState, actor: Actor, moment: Moment): void {
  leaveStack(side, actor.id);
  if (moment.fate) side.ready = side.ready.filter((id) => id !== actor.id);
  if (moment.what === 'pause') actor.state = 'waiting';
  else actor.state = moment.fate ?? 'done';
  if (moment.on !== undefined) actor.on = moment.on;
  else delete actor.on;
}

/** Who is woken is the task; who runs first may be the future deep in it that waited. */
function takeFromQueue(side: SideState, actor: Actor): void {
  if (actor.kind === 'call') {
    side.ready = side.ready.filter((id) => id !== actor.id);
    return;
  }
  let at: Actor | undefined = actor;
  for (const seen = new Set<Actor>(); at && !seen.has(at); at = actorOf(side, at.parent)) {
    seen.add(at);
    const { id } = at;
    side.ready = side.ready.filter((other) => other !== id);
  }
}

/** Changes the state by one moment. */
export function apply(state: State, moment: Moment): void {
  state.t = moment.t;
  const side = state[moment.side];
  if (moment.lines) side.lines = moment.lines;
  if (moment.printed !== undefined) side.printed.push(moment.printed);
  bear(side, moment);
  const actor = actorOf(side, moment.actor);
  if (actor) {
    if (moment.isTask) actor.isTask = true;
    if (moment.what === 'run' && side.stack.length === 0) takeFromQueue(side, actor);
    if (moment.what === 'run') run(side, actor);
    if (moment.what === 'pause' || moment.fate) rest(side, actor, moment);
    if (moment.lines && moment.what !== 'wake') actor.line = moment.lines[0];
  }
  for (const id of moment.readies ?? []) if (!side.ready.includes(id)) side.ready.push(id);
}

const KEYFRAME = 256;

export class Replay {
  private readonly keyframes: State[] = [emptyState()];

  constructor(readonly moments: readonly Moment[]) {
    const state = emptyState();
    moments.forEach((moment, i) => {
      apply(state, moment);
      if ((i + 1) % KEYFRAME === 0) this.keyframes.push(structuredClone(state));
    });
  }

  /** After the first `step` moments: 0 is before anything happened. */
  at(step: number): State {
    const key = Math.floor(step / KEYFRAME);
    const state = structuredClone(this.keyframes[key]!);
    for (const moment of this.moments.slice(key * KEYFRAME, step)) apply(state, moment);
    return state;
  }

  /** The nearest step in a direction that is about the same side. */
  sameSide(step: number, direction: 1 | -1, side: Side): number {
    for (let at = step + direction; at > 0 && at <= this.moments.length; at += direction)
      if (this.moments[at - 1]!.side === side) return at;
    return step;
  }
}
