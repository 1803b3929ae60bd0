// timeline.ts: the lanes of a recording: their names, the scrolling, and the picture of the visible part. Only that is
// drawn, so a long recording costs no more than a short one.
import { hidden, make, reveal } from '../dom/elements.js';
import { el, patch, type Spec } from '../dom/patch.js';
import type { Moment } from '../story/moment.js';
import { actorOf, type Actor, type State } from '../story/replay.js';
import { axisOf, stepAt, type Axis, type AxisKind } from './axis.js';
import type { Lane, Layout } from './lanes.js';
import { endOf, Picture, ROW, rowY, TOP, type Sight } from './picture.js';

const MARGIN = 40; // pixels drawn beyond the visible part, in case a scroll is faster than the next drawing
const MARGIN_ROWS = 3;
const FEW_ROWS = 40; // are drawn all
const narrow = matchMedia('(max-width: 760px)'); // there time runs downwards, in the direction of scrolling
const UPRIGHT_SLOT = 16; // a finger's width would be too much
const LEAST = 200; // a box that is not laid out yet has no size

function fateOf({ kind, state, runs }: Actor): string {
  if (kind === 'timer') return '';
  if (state === 'unpolled') return 'never polled';
  return `${runs} ${kind === 'future' ? 'poll' : 'run'}${runs === 1 ? '' : 's'}`;
}

/** A lane's name and what is known of its actor so far: nothing, before it is made. */
function nameOf({ side, name, depth }: Lane, actor: Actor | undefined): Spec {
  const when = actor ? (actor.state === 'unpolled' ? ' warning' : '') : ' later';
  const spec = el(
    'div',
    `lane-label ${side}${when}`,
    el('span', 'lane-name', name),
    el('span', 'fate', actor ? fateOf(actor) : ''),
  );
  const attributes = { title: name, 'data-actor': name, 'data-runs': String(actor?.runs ?? 0) };
  return { ...spec, attributes, variables: { '--depth': String(Math.min(depth, 4)) } };
}

export class Timeline {
  private layout: Layout = { lanes: [], arrows: [], laneOf: () => undefined };
  private axis: Axis = { xs: new Float64Array(1), slot: 1, marks: [] };
  private moments: readonly Moment[] = [];
  kind: AxisKind = 'steps';
  private state: State | undefined;
  private step = 0;
  private isUpright = false;
  private seen = ''; // the sight that is drawn
  private readonly picture = new Picture();
  private readonly rows = make('div', 'lane-rows');
  private readonly names = hidden(make('div', 'lane-labels', this.rows));
  private readonly space = make('div', 'space', this.picture.canvas);
  private readonly box = hidden(make('div', 'track', this.space));

  constructor(
    private readonly into: HTMLElement,
    private readonly onStep: (step: number) => void,
  ) {
    into.replaceChildren(this.names, this.box);
    this.box.addEventListener('pointerdown', (event) => this.drag(event));
    this.box.addEventListener('pointermove', (event) => event.buttons === 1 && this.drag(event));
    this.box.addEventListener('click', (event) => this.isUpright && this.point(event));
    for (const element of [this.box, into]) element.addEventListener('scroll', () => this.paint());
  }

  private get width(): number {
    return Math.max(this.axis.xs[this.moments.length]!, 1);
  }

  draw(layout: Layout, moments: readonly Moment[], kind = this.kind): void {
    Object.assign(this, { layout, moments, kind, seen: '', state: undefined });
    this.isUpright = narrow.matches;
    this.into.classList.toggle('upright', this.isUpright);
    const room = Math.max(this.along().size, LEAST, this.isUpright ? UPRIGHT_SLOT * moments.length : 0);
    this.axis = axisOf(moments, kind, room);
    const [along, across] = [`${this.width}px`, `${endOf(layout.lanes.length, this.isUpright)}px`];
    const [width, height] = this.isUpright ? [across, along] : [along, across];
    Object.assign(this.space.style, { width, height });
    Object.assign(this.names.style, this.isUpright ? { width, height: '' } : { width: '', height });
    this.into.classList.toggle('many', layout.lanes.length > FEW_ROWS);
  }

  /** How far the time axis is scrolled, and how long its visible part is. */
  private along(): { at: number; size: number } {
    const { box, isUpright } = this;
    return isUpright ? { at: box.scrollTop, size: box.clientHeight } : { at: box.scrollLeft, size: box.clientWidth };
  }

  private sight(): Sight {
    const { at, size: room } = this.along();
    const size = Math.min(Math.max(room, LEAST) + 2 * MARGIN, this.width);
    const left = Math.max(Math.floor(Math.min(at - MARGIN, this.width - size)), 0); // a whole pixel
    const right = left + size;
    const [from, to] = [stepAt(this.axis, left), Math.min(stepAt(this.axis, right) + 1, this.moments.length)];
    const count = this.layout.lanes.length;
    if (count <= FEW_ROWS) return { left, right, from, to, top: 0, bottom: count };
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.into;
    const [scrolled, across] = this.isUpright ? [scrollLeft, clientWidth] : [scrollTop, clientHeight];
    const rows = Math.min(Math.ceil(Math.max(across, LEAST) / ROW) + 2 * MARGIN_ROWS, count);
    const top = Math.min(Math.max(Math.floor((scrolled - TOP) / ROW) - MARGIN_ROWS, 0), count - rows);
    return { left, right, from, to, top, bottom: top + rows };
  }

  /** Draws the visible part, if that or the step has changed. */
  private paint(): void {
    const { layout, axis, state, step, isUpright } = this;
    if (!state) return;
    const sight = this.sight();
    const seen = Object.values(sight).join();
    if (seen === this.seen) return;
    this.seen = seen;
    const side = this.moments[step - 1]?.side;
    this.picture.draw({ layout, axis, sight, isUpright, count: this.moments.length, step, side });
    const lanes = layout.lanes.slice(sight.top, sight.bottom);
    patch(
      this.rows,
      lanes.map((lane) => nameOf(lane, actorOf(state[lane.side], lane.id))),
    );
    this.rows.style.transform = `translate${isUpright ? 'X' : 'Y'}(${rowY(sight.top)}px)`;
  }

  /** Shows the state after `step` moments. Call it before you change the document: it reads the scroll positions. */
  show(step: number, moment: Moment | undefined, state: State): void {
    Object.assign(this, { state, step, seen: '' });
    const {
      axis: { xs, slot },
      isUpright,
    } = this;
    const start = xs[Math.max(step - 1, 0)]!;
    reveal(this.box, Math.max(start - 20, 0), (step > 0 ? start + slot : 0) + 40, isUpright ? 'y' : 'x');
    const row = moment && this.layout.laneOf(moment.side, moment.actor)?.row;
    if (row !== undefined) reveal(this.into, rowY(row) - ROW, rowY(row) + 2 * ROW, isUpright ? 'x' : 'y');
    this.paint();
  }

  /** In an upright box, a finger that moves scrolls; only the mouse drags. */
  private drag(event: PointerEvent): void {
    if (!this.isUpright || event.pointerType === 'mouse') this.point(event);
  }

  private point({ clientX, clientY }: MouseEvent): void {
    const { left, top } = this.space.getBoundingClientRect();
    const at = this.isUpright ? clientY - top : clientX - left;
    this.onStep(Math.min(stepAt(this.axis, at) + 1, this.moments.length));
  }
}
