// timeline.ts: the lanes of a recording as one picture. It is drawn once; a step only moves the cursor and
// what covers the part that has not happened yet.
import { hidden, make, reveal, svg } from './dom.js';
import type { Lane, Layout } from './lanes.js';
import { actorOf, type Actor, type State } from './model.js';
import type { Moment } from './moment.js';

const ROW = 24;
const TOP = 22;
const BAR = 12;
const LEAST_SLOT = 9;
const MOST_SLOT = 30;

interface Geometry {
  slot: number;
  width: number;
  height: number;
}

const rowY = (index: number) => TOP + index * ROW;
const middle = (index: number) => rowY(index) + ROW / 2;

function drawLane(lane: Lane, index: number, { slot }: Geometry): SVGElement {
  const group = svg('g', { class: `lane ${lane.side} ${lane.kind}` });
  const y = middle(index);
  const x = (step: number) => step * slot;
  if (lane.fate === 'unpolled') {
    const box = { x: x(lane.from) + 1, y: y - BAR / 2, width: x(lane.to - lane.from) + slot - 2, height: BAR, rx: 3 };
    group.append(svg('rect', { class: 'ghost', ...box }));
  } else {
    group.append(svg('line', { class: 'life', x1: x(lane.from) + slot / 2, x2: x(lane.to) + slot / 2, y1: y, y2: y }));
  }
  if (lane.kind === 'timer') {
    group.append(svg('circle', { class: 'timer', cx: x(lane.from) + slot / 2, cy: y, r: 4 }));
    if (lane.fate === 'done') group.append(svg('circle', { class: 'timer fired', cx: x(lane.to) + slot / 2, cy: y, r: 4 }));
  }
  for (const bar of lane.bars) {
    const box = { x: x(bar.from) + 1, y: y - BAR / 2, width: x(bar.to - bar.from) + slot - 2, height: BAR, rx: 3 };
    group.append(svg('rect', { class: `bar ${bar.end}`, ...box }));
  }
  if (lane.fate === 'dropped' && lane.kind !== 'timer') {
    const at = x(lane.to) + slot / 2;
    group.append(svg('path', { class: 'cross', d: `M${at - 4} ${y - 4}l8 8m0 -8l-8 8` }));
  }
  for (const mark of lane.marks)
    group.append(svg('circle', { class: 'print', cx: x(mark) + slot / 2, cy: y, r: 2.5 }));
  return group;
}

function drawArrows({ arrows }: Layout, { slot }: Geometry): SVGElement {
  const group = svg('g', { class: 'arrows' });
  for (const { side, from, to, fromLane, toLane } of arrows) {
    if (toLane < 0 || fromLane < 0) continue;
    const [x1, y1] = [(from + 0.5) * slot, middle(fromLane)];
    const [x2, y2] = [to * slot + 1, middle(toLane)];
    const bend = Math.max((x2 - x1) / 2, 6);
    const d = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    group.append(svg('path', { class: `wake ${side}`, d }));
    group.append(svg('path', { class: `tip ${side}`, d: `M${x2} ${y2}l-6 -4v8z` }));
  }
  return group;
}

function drawAxis({ jumps }: Layout, { slot, height }: Geometry): SVGElement {
  const group = svg('g', { class: 'axis' });
  for (const { at, t } of jumps) {
    group.append(svg('line', { x1: at * slot, x2: at * slot, y1: 0, y2: height }));
    const label = svg('text', { x: at * slot + 4, y: 14 });
    label.textContent = `${Math.round(t)} ms`;
    group.append(label);
  }
  return group;
}

function fateOf({ kind, state, runs }: Actor): string {
  if (kind === 'timer') return '';
  if (state === 'unpolled') return 'never polled';
  return `${runs} ${kind === 'future' ? 'poll' : 'run'}${runs === 1 ? '' : 's'}`;
}

function drawName(lane: Lane): HTMLElement {
  const row = make('div', `lane-label ${lane.side}`, make('span', 'lane-name', lane.name), make('span', 'fate'));
  row.style.setProperty('--depth', String(Math.min(lane.depth, 4)));
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
  private geometry: Geometry = { slot: LEAST_SLOT, width: 0, height: 0 };
  private cursor?: SVGElement;
  private cover?: SVGElement;
  private count = 0;
  private lanes: Lane[] = [];
  private names: HTMLElement[] = [];
  private readonly box = hidden(make('div', 'track'));

  constructor(
    private readonly into: HTMLElement,
    private readonly onStep: (step: number) => void,
  ) {
    this.box.addEventListener('pointerdown', (event) => this.point(event));
    this.box.addEventListener('pointermove', (event) => event.buttons === 1 && this.point(event));
  }

  draw(layout: Layout, count: number): void {
    this.count = count;
    this.lanes = layout.lanes;
    this.names = layout.lanes.map(drawName);
    this.into.replaceChildren(hidden(make('div', 'lane-labels', ...this.names)), this.box);
    const room = Math.max(this.box.clientWidth, 200);
    const slot = Math.min(Math.max(room / Math.max(count, 1), LEAST_SLOT), MOST_SLOT);
    const height = rowY(layout.lanes.length) + 4;
    const width = Math.max(slot * count, 1);
    this.geometry = { slot, width, height };
    const picture = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
    this.cover = svg('rect', { class: 'cover', y: 0, height });
    this.cursor = svg('rect', { class: 'cursor', y: 0, height, width: slot });
    const lanes = layout.lanes.map((lane, i) => drawLane(lane, i, this.geometry));
    const firstJs = layout.lanes.findIndex(({ side }) => side === 'js');
    const border = svg('line', { class: 'border', x1: 0, x2: width, y1: rowY(firstJs), y2: rowY(firstJs) });
    picture.append(drawAxis(layout, this.geometry), border, ...lanes, drawArrows(layout, this.geometry));
    picture.append(this.cover, this.cursor);
    this.box.replaceChildren(picture);
  }

  /** After `step` moments. */
  show(step: number, moment: Moment | undefined, state: State): void {
    const side = moment?.side ?? 'none';
    this.lanes.forEach((lane, i) => showName(this.names[i]!, actorOf(state[lane.side], lane.id)));
    const { slot, width } = this.geometry;
    const x = step * slot;
    this.cover?.setAttribute('x', String(x));
    this.cover?.setAttribute('width', String(Math.max(width - x, 0)));
    this.cursor?.setAttribute('x', String(Math.max(x - slot, 0)));
    this.cursor?.setAttribute('class', `cursor ${step > 0 ? side : 'none'}`);
    reveal(this.box, Math.max(x - 2 * slot, 0), x + 2 * slot, 'x');
    const lane = this.lanes.findIndex((other) => other.side === side && other.id === moment?.actor);
    if (lane >= 0) reveal(this.into, rowY(lane) - ROW, rowY(lane) + 2 * ROW, 'y');
  }

  private point(event: PointerEvent): void {
    const { left } = this.box.firstElementChild!.getBoundingClientRect();
    const step = Math.floor((event.clientX - left) / this.geometry.slot) + 1;
    this.onStep(Math.min(Math.max(step, 0), this.count));
  }
}
