// replay.ts: the state at a step, as a pure function of (moments, step). `Replay` keeps the state of every 256th step,
// so that a step backwards costs no more than one forwards.
//
// Invariant: an actor in a state is never changed, only replaced, so states can share actors.
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
  actors: readonly Actor[]; // in the order they were made
  stack: readonly number[]; // who runs, innermost last
  ready: readonly number[]; // who is queued to run
  printed: number; // how many lines
  lines?: Lines;
  /** An actor's index in `actors`. All states share it, because an index never changes. */
  places: Map<number, number>;
}

export interface State {
  t: number;
  c: SideState;
  js: SideState;
}

const ENDED = new Set<Actor['state']>(['done', 'failed', 'dropped', 'unpolled']);
export const hasEnded = (actor: Actor) => ENDED.has(actor.state);
const emptySide = (): SideState => ({ actors: [], stack: [], ready: [], printed: 0, places: new Map() });
export const emptyState = (): State => ({ t: 0, c: emptySide(), js: emptySide() });
export const actorOf = (side: SideState, id: number | undefined): Actor | undefined =>
  id === undefined ? undefined : side.actors[side.places.get(id) ?? -1];

/** By who awaits or called them; those of nobody under undefined. */
export function childrenOf(side: SideState): Map<number | undefined, Actor[]> {
  const children = new Map<number | undefined, Actor[]>();
  for (const actor of side.actors) {
    const siblings = children.get(actor.parent);
    if (siblings) siblings.push(actor);
    else children.set(actor.parent, [actor]);
  }
  return children;
}

/** A copy that `apply` may change. */
function copyOf({ t, c, js }: State): State {
  return { t, c: { ...c, actors: [...c.actors] }, js: { ...js, actors: [...js.actors] } };
}

function put(side: SideState, actor: Actor): void {
  (side.actors as Actor[])[side.places.get(actor.id)!] = actor;
}

function bear(side: SideState, moment: Moment): void {
  const { born, actor: id, isTask } = moment;
  if (!born || id === undefined) return;
  const parent = side.stack.at(-1);
  if (!side.places.has(id)) side.places.set(id, side.actors.length);
  put(side, {
    id,
    ...born,
    runs: 0,
    state: born.kind === 'timer' ? 'waiting' : 'made',
    ...(parent !== undefined && { parent }),
    ...(isTask && { isTask }),
  });
}

function run(side: SideState, actor: Actor): void {
  const caller = side.stack.at(-1);
  // Who polls a future first is who awaits it; who made it may be further out.
  if (caller !== undefined && actor.runs === 0 && actor.kind === 'future') actor.parent = caller;
  actor.runs++;
  actor.state = 'running';
  delete actor.on;
  side.stack = [...side.stack, actor.id];
}

function rest(side: SideState, actor: Actor, moment: Moment): void {
  side.stack = side.stack.filter((id) => id !== actor.id);
  if (moment.fate) side.ready = side.ready.filter((id) => id !== actor.id);
  if (moment.what === 'pause') actor.state = 'waiting';
  else actor.state = moment.fate ?? 'done';
  if (moment.on !== undefined) actor.on = moment.on;
  else delete actor.on;
}

/** A wake queues a task, but the first to run may be a future deep inside it. */
function takeFromQueue(side: SideState, actor: Actor): void {
  if (side.ready.length === 0) return;
  const gone = new Set<number>();
  for (let at: Actor | undefined = actor; at && !gone.has(at.id); at = actorOf(side, at.parent)) {
    gone.add(at.id);
    if (actor.kind === 'call') break;
  }
  side.ready = side.ready.filter((id) => !gone.has(id));
}

/** Changes the state by one moment. */
export function apply(state: State, moment: Moment): void {
  state.t = moment.t;
  const side = state[moment.side];
  if (moment.lines) side.lines = moment.lines;
  if (moment.printed !== undefined) side.printed++;
  bear(side, moment);
  const known = actorOf(side, moment.actor);
  if (known) {
    const actor = { ...known };
    if (moment.isTask) actor.isTask = true;
    if (moment.what === 'run' && side.stack.length === 0) takeFromQueue(side, actor);
    if (moment.what === 'run') run(side, actor);
    if (moment.what === 'pause' || moment.fate) rest(side, actor, moment);
    if (moment.lines && moment.what !== 'wake') actor.line = moment.lines[0];
    put(side, actor);
  }
  for (const [id, runs] of moment.again ?? []) {
    const other = actorOf(side, id);
    if (other) put(side, { ...other, runs: other.runs + runs });
  }
  const readies = moment.readies?.filter((id) => !side.ready.includes(id)) ?? [];
  if (readies.length > 0) side.ready = [...side.ready, ...readies];
}

const KEYFRAME = 256;

export class Replay {
  private readonly keyframes: State[] = [];

  /** All that each side prints. */
  readonly printed: Record<Side, string[]> = { c: [], js: [] };

  constructor(readonly moments: readonly Moment[]) {
    const state = emptyState();
    this.keyframes.push(copyOf(state));
    moments.forEach((moment, i) => {
      apply(state, moment);
      if (moment.printed !== undefined) this.printed[moment.side].push(moment.printed);
      if ((i + 1) % KEYFRAME === 0) this.keyframes.push(copyOf(state));
    });
  }

  /** After the first `step` moments: 0 is before anything happened. */
  at(step: number): State {
    const key = Math.floor(step / KEYFRAME);
    const state = copyOf(this.keyframes[key]!);
    for (const moment of this.moments.slice(key * KEYFRAME, step)) apply(state, moment);
    return state;
  }

  /** Names what a moment is about: a task of C, or an async call of JavaScript; else just its side. */
  private taskOf({ side, actor }: Moment, { [side]: state }: State): string {
    let at = actorOf(state, actor);
    for (let outer = at; side === 'c' && outer && !at!.isTask; outer = actorOf(state, outer.parent)) at = outer;
    return `${side} ${at?.id ?? ''}`;
  }

  /** The nearest step in a direction that is about the same task. */
  sameTask(step: number, direction: 1 | -1): number {
    const moment = this.moments[step - 1];
    if (!moment) return Math.min(Math.max(step + direction, 0), this.moments.length);
    const state = this.at(this.moments.length);
    const task = this.taskOf(moment, state);
    for (let at = step + direction; at > 0 && at <= this.moments.length; at += direction)
      if (this.taskOf(this.moments[at - 1]!, state) === task) return at;
    return step;
  }
}
