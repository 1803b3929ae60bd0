// lanes.ts: what the timeline draws, as numbers: one lane per actor, bars where it ran, and an arrow from
// each wake to the run that it led to. A column is a step.
import { apply, actorOf, emptyState, type Actor } from './model.js';
import type { Moment, Side } from './moment.js';

export interface Bar {
  from: number;
  to: number;
  /** What became of it at the end of the bar. */
  end: 'pending' | 'done' | 'failed';
}

export interface Lane {
  side: Side;
  id: number;
  name: string;
  kind: Actor['kind'];
  /** How many others it is nested in. */
  depth: number;
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
  fromLane: number; // index
  toLane: number;
}

export interface Layout {
  lanes: Lane[];
  arrows: Arrow[];
  /** Where the clock jumps: the column, and the time from there on. */
  jumps: { at: number; t: number }[];
}

class Drawer {
  readonly lanes: Lane[] = [];
  readonly arrows: Arrow[] = [];
  readonly jumps: { at: number; t: number }[] = [];
  private readonly state = emptyState();
  private readonly wakes = new Map<string, { at: number; by: string | undefined }>();

  private laneOf(side: Side, id: number | undefined): Lane | undefined {
    return this.lanes.find((lane) => lane.side === side && lane.id === id);
  }

  private open(at: number, side: Side, id: number): void {
    const actor = actorOf(this.state[side], id);
    if (!actor || this.laneOf(side, id)) return;
    const { name, kind } = actor;
    const lane: Lane = { side, id, name, kind, depth: 0, from: at, to: at, bars: [], marks: [], fate: actor.state };
    this.lanes.push(lane);
  }

  private arrive(at: number, { side, actor }: Moment): void {
    for (let id = actor; id !== undefined; id = actorOf(this.state[side], id)?.parent) {
      const wake = this.wakes.get(`${side}${id}`);
      if (!wake) continue;
      this.wakes.delete(`${side}${id}`);
      const index = (key: string) => this.lanes.findIndex((lane) => `${lane.side}${lane.id}` === key);
      const toLane = index(`${side}${actor}`);
      const fromLane = Math.max(index(wake.by ?? `${side}${id}`), 0);
      this.arrows.push({ side, from: wake.at, to: at, fromLane, toLane });
      return;
    }
  }

  add(at: number, moment: Moment): void {
    const { side, actor: id } = moment;
    if (at === 0 || moment.t !== this.state.t) this.jumps.push({ at, t: moment.t });
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

  /** Lanes of one side stand together, children below who awaits them. */
  finish(count: number): Layout {
    const order: Lane[] = [];
    for (const side of ['c', 'js'] as const) {
      const { actors } = this.state[side];
      const visit = (parent: number | undefined, depth: number) => {
        for (const actor of actors) {
          if (actor.parent !== parent) continue;
          const lane = this.laneOf(side, actor.id);
          if (!lane || order.includes(lane)) continue;
          order.push(Object.assign(lane, { depth }));
          visit(actor.id, depth + 1);
        }
      };
      visit(undefined, 0);
    }
    for (const lane of order) {
      if (['made', 'waiting', 'running'].includes(lane.fate)) lane.to = count - 1;
    }
    const moved = (index: number) => order.indexOf(this.lanes[index]!);
    const arrows = this.arrows.map((arrow) => ({
      ...arrow, fromLane: moved(arrow.fromLane), toLane: moved(arrow.toLane),
    }));
    return { lanes: order, arrows, jumps: this.jumps };
  }
}

export function layOut(moments: readonly Moment[]): Layout {
  const drawer = new Drawer();
  moments.forEach((moment, at) => drawer.add(at, moment));
  return drawer.finish(moments.length);
}
