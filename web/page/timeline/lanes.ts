// lanes.ts: what the timeline draws, as numbers: a lane for each actor, with bars where it ran, and an arrow from
// each wake to the run that followed. A column is a step.
import type { Moment, Side } from '../story/moment.js';
import { apply, actorOf, childrenOf, emptyState, type Actor } from '../story/replay.js';

export interface Bar {
  from: number;
  to: number;
  /** Its state at the end of the bar. */
  end: 'pending' | 'done' | 'failed';
}

export interface Lane {
  side: Side;
  id: number;
  name: string;
  kind: Actor['kind'];
  /** How many others it is nested in. */
  depth: number;
  row: number;
  from: number;
  to: number;
  bars: Bar[];
  marks: number[]; // where it printed
  fate: Actor['state'];
}

export interface Arrow {
  side: Side;
  from: number;
  to: number;
  fromLane: Lane;
  toLane: Lane;
}

export interface Layout {
  lanes: Lane[];
  arrows: Arrow[];
  laneOf(side: Side, id: number | undefined): Lane | undefined;
}

class Drawer {
  private readonly last = { c: 0, js: 0 }; // the last step of each side
  readonly lanes: Lane[] = [];
  readonly arrows: Arrow[] = [];
  private readonly state = emptyState();
  private readonly byActor = new Map<string, Lane>();
  private readonly wakes = new Map<string, { at: number; by: string | undefined }>();

  private laneOf(side: Side, id: number | undefined): Lane | undefined {
    return this.byActor.get(`${side}${id}`);
  }

  private open(at: number, side: Side, id: number): void {
    const actor = actorOf(this.state[side], id);
    if (!actor || this.laneOf(side, id)) return;
    const { name, kind } = actor;
    const lane: Lane = {
      side,
      id,
      name,
      kind,
      depth: 0,
      row: 0,
      from: at,
      to: at,
      bars: [],
      marks: [],
      fate: actor.state,
    };
    this.lanes.push(lane);
    this.byActor.set(`${side}${id}`, lane);
  }

  private arrive(at: number, { side, actor }: Moment): void {
    for (let id = actor; id !== undefined; id = actorOf(this.state[side], id)?.parent) {
      const wake = this.wakes.get(`${side}${id}`);
      if (!wake) continue;
      this.wakes.delete(`${side}${id}`);
      const to = this.laneOf(side, actor);
      const from = this.byActor.get(wake.by ?? `${side}${id}`) ?? this.lanes[0];
      if (from && to) this.arrows.push({ side, from: wake.at, to: at, fromLane: from, toLane: to });
      return;
    }
  }

  add(at: number, moment: Moment): void {
    const { side, actor: id } = moment;
    this.last[side] = at;
    const wasIdle = this.state[side].stack.length === 0;
    if (moment.what === 'run' && wasIdle) this.arrive(at, moment);
    const printer = this.state[side].stack.at(-1);
    apply(this.state, moment);
    if (moment.born && id !== undefined) this.open(at, side, id);
    const lane = this.laneOf(side, id);
    if (lane && moment.what !== 'wake') this.grow(at, lane, moment);
    if (moment.printed !== undefined) this.laneOf(side, printer)?.marks.push(at);
    const by = moment.what === 'wake' ? undefined : `${side}${id}`;
    for (const ready of moment.readies ?? []) this.wakes.set(`${side}${ready}`, { at, by });
  }

  private grow(at: number, lane: Lane, moment: Moment): void {
    lane.to = at;
    lane.fate = actorOf(this.state[lane.side], lane.id)?.state ?? lane.fate;
    if (moment.what === 'run') return void lane.bars.push({ from: at, to: at, end: 'pending' });
    const bar = lane.bars.at(-1);
    if (!bar || lane.kind === 'timer') return;
    if (moment.what === 'pause' || moment.what === 'end') bar.to = at;
    if (moment.what === 'end') bar.end = moment.fate === 'failed' ? 'failed' : 'done';
  }

  /** The lanes of one side stand together, children below whoever awaits them. */
  finish(count: number): Layout {
    const order: Lane[] = [];
    for (const side of ['c', 'js'] as const) {
      const children = childrenOf(this.state[side]);
      // A stack of our own, not recursion: thousands of calls may be nested.
      const open: [id: number, depth: number][] = [];
      const enter = (parent: number | undefined, depth: number) => {
        for (const { id } of (children.get(parent) ?? []).toReversed()) open.push([id, depth]);
      };
      enter(undefined, 0);
      for (let next = open.pop(); next; next = open.pop()) {
        const [id, depth] = next;
        const lane = this.laneOf(side, id);
        if (!lane || order[lane.row] === lane) continue;
        lane.row = order.length;
        order.push(Object.assign(lane, { depth }));
        enter(id, depth + 1);
      }
    }
    for (const lane of order) {
      const bar = lane.bars.at(-1);
      if (lane.fate === 'running' && bar) bar.to = this.last[lane.side]; // the program stopped in the middle of it
      if (['made', 'waiting', 'running'].includes(lane.fate)) lane.to = count - 1;
    }
    return { lanes: order, arrows: this.arrows, laneOf: (side, id) => this.laneOf(side, id) };
  }
}

export function layOut(moments: readonly Moment[]): Layout {
  const drawer = new Drawer();
  moments.forEach((moment, at) => drawer.add(at, moment));
  return drawer.finish(moments.length);
}
