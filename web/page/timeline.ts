// timeline.ts: the lanes of a recording as a picture. Only what is in sight is drawn, so a long recording
// costs no more than a short one; a step only moves the cursor and what covers the part that is yet to come.
import { axisOf, stepAt, type Axis, type AxisKind } from './axis.js';
import { hidden, make, reveal, svg } from './dom.js';
import type { Arrow, Lane, Layout } from './lanes.js';
import { actorOf, type Actor, type State } from './model.js';
import type { Moment } from './moment.js';

const ROW = 24;
const TOP = 22;
const BAR = 12;
const FEW_ROWS = 40; // are drawn all

/** What is in sight: steps and rows, the last ones not included. */
interface Sight {
  from: number;
  to: number;
  top: number;
  bottom: number;
}

const rowY = (row: number) => TOP + row * ROW;
const middle = (row: number) => rowY(row) + ROW / 2;

function box(className: string, x: number, end: number, row: number): SVGElement {
  const width = Math.max(end - x - 2, 2);
  return svg('rect', { class: className, x: x + 1, y: middle(row) - BAR / 2, width, height: BAR, rx: 3 });
}

function drawLane(lane: Lane, { xs, slot }: Axis, { from, to }: Sight): SVGElement {
  const group = svg('g', { class: `lane ${lane.side} ${lane.kind}` });
  const y = middle(lane.row);
  const start = (step: number) => xs[step]!;
  const end = (step: number) => xs[step]! + slot;
  const center = (step: number) => xs[step]! + slot / 2;
  const isSeen = (step: number) => step >= from && step < to;
  const dot = (className: string, step: number, r: number) =>
    isSeen(step) && group.append(svg('circle', { class: className, cx: center(step), cy: y, r }));
  const [first, last] = [Math.max(lane.from, from), Math.min(lane.to, to - 1)];
  if (lane.fate === 'unpolled') group.append(box('ghost', start(first), end(last), lane.row));
  else group.append(svg('line', { class: 'life', x1: center(first), x2: center(last), y1: y, y2: y }));
  if (lane.kind === 'timer') dot('timer', lane.from, 4);
  if (lane.kind === 'timer' && lane.fate === 'done') dot('timer fired', lane.to, 4);
  for (const bar of lane.bars)
    if (bar.to >= from && bar.from < to) group.append(box(`bar ${bar.end}`, start(bar.from), end(bar.to), lane.row));
  if (lane.fate === 'dropped' && lane.kind !== 'timer' && isSeen(lane.to))
    group.append(svg('path', { class: 'cross', d: `M${center(lane.to) - 4} ${y - 4}l8 8m0 -8l-8 8` }));
  for (const mark of lane.marks) dot('print', mark, 2.5);
  return group;
}

function drawArrow({ side, from, to, fromLane, toLane }: Arrow, { xs, slot }: Axis): SVGElement[] {
  const [x1, y1] = [xs[from]! + slot / 2, middle(fromLane.row)];
  const [x2, y2] = [xs[to]! + 1, middle(toLane.row)];
  const bend = Math.max((x2 - x1) / 2, 6);
  const d = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  return [svg('path', { class: `wake ${side}`, d }), svg('path', { class: `tip ${side}`, d: `M${x2} ${y2}l-6 -4v8z` })];
}

function fateOf({ kind, state, runs }: Actor): string {
  if (kind === 'timer') return '';
  if (state === 'unpolled') return 'never polled';
  return `${runs} ${kind === 'future' ? 'poll' : 'run'}${runs === 1 ? '' : 's'}`;
}

function drawName(lane: Lane): HTMLElement {
  const row = make('div', `lane-label ${lane.side}`, make('span', 'lane-name', lane.name), make('span', 'fate'));
  row.style.setProperty('--depth', String(Math.min(lane.depth, 4)));
  row.style.setProperty('--row', String(lane.row));
  row.title = lane.name;
  row.dataset.actor = lane.name;
  return row;
}

/** What is known of a lane so far; before its actor is made, nothing is. */
function showName(row: HTMLElement, actor: Actor | undefined): void {
  row.classList.toggle('later', !actor);
  row.classList.toggle('warning', actor?.state === 'unpolled');
  row.lastElementChild!.textContent = actor ? fateOf(actor) : '';
  row.dataset.runs = String(actor?.runs ?? 0);
}

export class Timeline {
  private layout: Layout = { lanes: [], arrows: [] };
  private axis: Axis = { xs: new Float64Array(1), slot: 1, marks: [] };
  private moments: readonly Moment[] = [];
  kind: AxisKind = 'steps';
  private state: State | undefined;
  private drawn = ''; // what was in sight
  private readonly picture = svg('svg', {});
  private readonly cover = svg('rect', { class: 'cover', y: 0 });
  private readonly cursor = svg('rect', { class: 'cursor', y: 0 });
  private readonly names = hidden(make('div', 'lane-labels'));
  private readonly space = make('div', 'space');
  private readonly box = hidden(make('div', 'track', this.space));

  constructor(
    private readonly into: HTMLElement,
    private readonly onStep: (step: number) => void,
  ) {
    into.replaceChildren(this.names, this.box);
    this.space.append(this.picture);
    this.box.addEventListener('pointerdown', (event) => this.point(event));
    this.box.addEventListener('pointermove', (event) => event.buttons === 1 && this.point(event));
    this.box.addEventListener('scroll', () => this.paint());
    into.addEventListener('scroll', () => this.paint());
  }

  private get height(): number {
    return rowY(this.layout.lanes.length) + 4;
  }

  draw(layout: Layout, moments: readonly Moment[], kind = this.kind): void {
    Object.assign(this, { layout, moments, kind });
    this.axis = axisOf(moments, kind, Math.max(this.box.clientWidth, 200));
    const width = Math.max(this.axis.xs[moments.length]!, 1);
    this.space.style.width = `${width}px`;
    this.space.style.height = this.names.style.height = `${this.height}px`;
    this.picture.classList.toggle('many', layout.lanes.length > FEW_ROWS);
    this.drawn = '';
    this.paint();
  }

  private sight(): Sight {
    const { scrollLeft, clientWidth } = this.box;
    const { scrollTop, clientHeight } = this.into;
    const from = stepAt(this.axis, scrollLeft - 40);
    const to = Math.min(stepAt(this.axis, scrollLeft + Math.max(clientWidth, 200) + 40) + 1, this.moments.length);
    const count = this.layout.lanes.length;
    if (count <= FEW_ROWS) return { from, to, top: 0, bottom: count };
    const top = Math.max(Math.floor((scrollTop - TOP) / ROW) - 3, 0);
    return { from, to, top, bottom: Math.ceil((scrollTop + Math.max(clientHeight, 200)) / ROW) + 3 };
  }

  /** What has come into sight. */
  private paint(): void {
    const sight = this.sight();
    const key = Object.values(sight).join();
    if (key === this.drawn) return;
    this.drawn = key;
    const { from, to, top, bottom } = sight;
    const rows = this.layout.lanes.slice(top, bottom);
    this.names.replaceChildren(...rows.map(drawName));
    const lanes = rows.filter((lane) => lane.from < to && lane.to >= from).map((lane) => drawLane(lane, this.axis, sight));
    const isSeen = (lane: Lane) => lane.row >= top && lane.row < bottom;
    const arrows = this.layout.arrows
      .filter((arrow) => arrow.from < to && arrow.to >= from && (isSeen(arrow.fromLane) || isSeen(arrow.toLane)))
      .flatMap((arrow) => drawArrow(arrow, this.axis));
    const firstJs = this.layout.lanes.findIndex(({ side }) => side === 'js');
    const x = this.axis.xs[from]!;
    const width = Math.max(this.axis.xs[to]! - x, 1);
    const y = top === 0 ? 0 : rowY(top);
    const height = Math.min(rowY(bottom) + 4, this.height) - y;
    for (const [name, value] of Object.entries({ width, height, viewBox: `${x} ${y} ${width} ${height}` }))
      this.picture.setAttribute(name, String(value));
    Object.assign(this.picture.style, { left: `${x}px`, top: `${y}px` });
    const border = svg('line', { class: 'border', x1: x, x2: x + width, y1: rowY(firstJs), y2: rowY(firstJs) });
    this.cover.setAttribute('height', String(this.height));
    this.cursor.setAttribute('height', String(this.height));
    this.picture.replaceChildren(this.drawAxis(x, x + width), border, ...lanes, ...arrows, this.cover, this.cursor);
    this.showNames();
  }

  private drawAxis(left: number, right: number): SVGElement {
    const group = svg('g', { class: 'axis' });
    for (const { x, text, isFold } of this.axis.marks) {
      if (x < left - 90 || x > right) continue;
      if (!isFold) group.append(svg('line', { x1: x, x2: x, y1: 0, y2: this.height }));
      const label = svg('text', { x: x + 4, y: 14 });
      label.textContent = text;
      group.append(label);
    }
    return group;
  }

  private showNames(): void {
    const { state } = this;
    if (!state) return;
    const first = Number(this.drawn.split(',')[2]);
    this.layout.lanes.slice(first, first + this.names.childElementCount).forEach((lane, i) =>
      showName(this.names.children[i] as HTMLElement, actorOf(state[lane.side], lane.id)));
  }

  /** After `step` moments. */
  show(step: number, moment: Moment | undefined, state: State): void {
    this.state = state;
    const side = moment?.side ?? 'none';
    const { xs, slot } = this.axis;
    const start = xs[Math.max(step - 1, 0)]!;
    const end = step > 0 ? start + slot : 0;
    reveal(this.box, Math.max(start - 20, 0), end + 40, 'x');
    const row = this.layout.lanes.find((lane) => lane.side === side && lane.id === moment?.actor)?.row ?? -1;
    if (row >= 0) reveal(this.into, rowY(row) - ROW, rowY(row) + 2 * ROW, 'y');
    this.paint();
    this.showNames();
    const covered = Math.max(xs[this.moments.length]! - end, 0);
    this.cover.setAttribute('x', String(end));
    this.cover.setAttribute('width', String(covered));
    this.cursor.setAttribute('x', String(start));
    this.cursor.setAttribute('width', String(Math.max(end - start, 2)));
    this.cursor.setAttribute('class', `cursor ${step > 0 ? side : 'none'}`);
  }

  private point(event: PointerEvent): void {
    const { left } = this.space.getBoundingClientRect();
    this.onStep(Math.min(stepAt(this.axis, event.clientX - left) + 1, this.moments.length));
  }
}
