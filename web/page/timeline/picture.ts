// picture.ts: draws the visible lanes on a canvas, at one step. The picture depends on its arguments alone.
import type { Side } from '../story/moment.js';
import type { Axis } from './axis.js';
import { coloursAt, onColours, type Colours } from './colours.js';
import type { Arrow, Bar, Lane, Layout } from './lanes.js';

export const ROW = 24;
export const TOP = 22;
const BAR = 12;
const MARK_ROOM = 90; // for the text of a mark
const FEW_LANES = 40;

/** What is visible: pixels from left to right, steps and rows; `to` and `bottom` are one past the last. */
export interface Sight {
  left: number;
  right: number;
  from: number;
  to: number;
  top: number;
  bottom: number;
}

export interface Scene {
  layout: Layout;
  axis: Axis;
  sight: Sight;
  /** Time runs downwards, and rows become columns. */
  isUpright: boolean;
  /** How many moments there are. */
  count: number;
  step: number;
  /** Whose the step is. */
  side: Side | undefined;
}

export const rowY = (row: number) => TOP + row * ROW;
/** Behind the last of so many rows. */
export const endOf = (rows: number, isUpright: boolean) => rowY(rows) + (isUpright ? MARK_ROOM : 4);
const middle = (row: number) => rowY(row) + ROW / 2;

/** The index of the first item of a sorted list for which `isAfter` is true. */
function firstOf<T>(list: readonly T[], isAfter: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const at = (low + high) >> 1;
    if (isAfter(list[at]!)) high = at;
    else low = at + 1;
  }
  return low;
}

/** One drawing of one scene. */
class Pen {
  constructor(
    private readonly to: CanvasRenderingContext2D,
    private readonly colours: Colours,
    private readonly scene: Scene,
  ) {}

  private start = (step: number) => this.scene.axis.xs[step]!;
  private end = (step: number) => this.scene.axis.xs[step]! + this.scene.axis.slot;
  private center = (step: number) => this.scene.axis.xs[step]! + this.scene.axis.slot / 2;
  private isSeen = (step: number) => step >= this.scene.sight.from && step < this.scene.sight.to;

  private line(x1: number, y1: number, x2: number, y2: number): void {
    this.to.beginPath();
    this.to.moveTo(x1, y1);
    this.to.lineTo(x2, y2);
    this.to.stroke();
  }

  private box(x: number, end: number, row: number): void {
    this.to.beginPath();
    this.to.roundRect(x + 1, middle(row) - BAR / 2, Math.max(end - x - 2, 2), BAR, 3);
  }

  private dot(step: number, y: number, radius: number, fill: string, stroke: string): void {
    if (!this.isSeen(step)) return;
    Object.assign(this.to, { fillStyle: fill, strokeStyle: stroke });
    this.to.beginPath();
    this.to.arc(this.center(step), y, radius, 0, 7);
    this.to.fill();
    this.to.stroke();
  }

  private bar({ from, to: last, end }: Bar, lane: Lane): void {
    const { to, colours } = this;
    const own = end === 'failed' ? colours.warn : colours[lane.side];
    to.strokeStyle = own;
    to.fillStyle = end === 'pending' ? colours[`${lane.side}-soft`] : end === 'done' ? colours.done || own : own;
    this.box(this.start(from), this.end(last), lane.row);
    to.fill();
    to.stroke();
  }

  private life(lane: Lane): void {
    const {
      to,
      colours,
      scene: { sight, layout },
    } = this;
    const [first, last] = [Math.max(lane.from, sight.from), Math.min(lane.to, sight.to - 1)];
    const isGhost = lane.fate === 'unpolled';
    const isMany = layout.lanes.length > FEW_LANES; // dashes cost too much
    to.strokeStyle = isGhost ? colours.warn : colours[lane.side];
    to.setLineDash(isGhost ? [4, 3] : isMany ? [] : [2, 3]);
    to.globalAlpha = isMany && !isGhost ? 0.5 : 1;
    if (isGhost) (this.box(this.start(first), this.end(last), lane.row), to.stroke());
    else this.line(this.center(first), middle(lane.row), this.center(last), middle(lane.row));
    to.setLineDash([]);
    to.globalAlpha = 1;
  }

  lane(lane: Lane): void {
    const {
      to,
      colours,
      scene: { sight },
    } = this;
    const y = middle(lane.row);
    const own = colours[lane.side];
    to.lineWidth = 1.5;
    this.life(lane);
    if (lane.kind === 'timer') this.dot(lane.from, y, 4, colours.panel, own);
    if (lane.kind === 'timer' && lane.fate === 'done') this.dot(lane.to, y, 4, colours.done || own, own);
    for (let i = firstOf(lane.bars, (bar) => bar.to >= sight.from); lane.bars[i] && lane.bars[i]!.from < sight.to; i++)
      this.bar(lane.bars[i]!, lane);
    if (lane.fate === 'dropped' && lane.kind !== 'timer' && this.isSeen(lane.to)) {
      const x = this.center(lane.to);
      Object.assign(to, { strokeStyle: colours.warn, lineWidth: 2 });
      this.line(x - 4, y - 4, x + 4, y + 4);
      this.line(x + 4, y - 4, x - 4, y + 4);
    }
    to.lineWidth = 1;
    for (let i = firstOf(lane.marks, (mark) => mark >= sight.from); lane.marks[i]! < sight.to; i++)
      this.dot(lane.marks[i]!, y, 2.5, colours.text, colours.panel);
  }

  arrow({ side, from, to: last, fromLane, toLane }: Arrow): void {
    const { to, colours } = this;
    const [x1, y1] = [this.center(from), middle(fromLane.row)];
    const [x2, y2] = [this.start(last) + 1, middle(toLane.row)];
    const bend = Math.max((x2 - x1) / 2, 6);
    Object.assign(to, { strokeStyle: colours[side], fillStyle: colours[side], lineWidth: 1.6 });
    to.beginPath();
    to.moveTo(x1, y1);
    to.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    to.stroke();
    to.beginPath();
    to.moveTo(x2, y2);
    to.lineTo(x2 - 6, y2 - 4);
    to.lineTo(x2 - 6, y2 + 4);
    to.fill();
  }

  /** Upright, it stands behind the last column, because it is as wide as several. */
  private mark(text: string, x: number): void {
    const {
      to,
      scene: { isUpright, layout },
    } = this;
    if (!isUpright) return to.fillText(text, x + 4, 14);
    to.save();
    to.transform(0, 1, 1, 0, 0, 0); // letters are not turned
    to.fillText(text, rowY(layout.lanes.length) + 4, x + 12);
    to.restore();
  }

  /** The marks where the clock jumped, and the line between the two sides. */
  axis(left: number, right: number, bottom: number): void {
    const {
      to,
      colours,
      scene: { axis, layout },
    } = this;
    Object.assign(to, { fillStyle: colours.quiet, strokeStyle: colours.edge, lineWidth: 1 });
    const { marks } = axis;
    for (let i = firstOf(marks, ({ x }) => x >= left - MARK_ROOM); marks[i] && marks[i]!.x <= right; i++) {
      const { x, text, isFold } = marks[i]!;
      if (!isFold) this.line(x, 0, x, bottom);
      this.mark(text, x);
    }
    const firstJs = layout.lanes.findIndex(({ side }) => side === 'js');
    if (firstJs > 0) this.line(left, rowY(firstJs), right, rowY(firstJs));
  }

  /** The current step, and a veil over the steps to come. */
  step(top: number, bottom: number): void {
    const {
      to,
      colours,
      scene: { axis, step, side, count },
    } = this;
    const start = this.start(Math.max(step - 1, 0));
    const end = step > 0 ? start + axis.slot : 0;
    Object.assign(to, { globalAlpha: 0.9, fillStyle: colours.panel });
    to.fillRect(end, top, Math.max(this.start(count) - end, 0), bottom - top);
    if (side) {
      Object.assign(to, { globalAlpha: 0.16, fillStyle: colours[side] });
      to.fillRect(start, top, Math.max(end - start, 2), bottom - top);
    }
    to.globalAlpha = 1;
  }
}

export class Picture {
  readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d')!;
  private colours: Colours | undefined;
  private scene: Scene | undefined;

  constructor() {
    onColours(() => {
      this.colours = undefined;
      if (this.scene) this.draw(this.scene);
    });
  }

  /** Lays the canvas over what is visible, and no more. */
  private place(x: number, y: number, width: number, height: number, isUpright: boolean): void {
    const { canvas, context } = this;
    const ratio = devicePixelRatio;
    const [left, top, wide, high] = isUpright ? [y, x, height, width] : [x, y, width, height];
    const [pixelsX, pixelsY] = [Math.ceil(wide * ratio), Math.ceil(high * ratio)];
    if (canvas.width !== pixelsX || canvas.height !== pixelsY) {
      Object.assign(canvas, { width: pixelsX, height: pixelsY });
      Object.assign(canvas.style, { width: `${pixelsX / ratio}px`, height: `${pixelsY / ratio}px` });
      // Only now: setting a font, or leaving the direction open, makes the browser compute styles.
      Object.assign(context, { font: '11px system-ui, sans-serif', direction: 'ltr' });
    }
    canvas.style.transform = `translate(${left}px, ${top}px)`;
    const [along, across] = isUpright ? [0, ratio] : [ratio, 0];
    context.setTransform(along, across, across, along, -left * ratio, -top * ratio);
    context.clearRect(x, y, width + 1, height + 1);
  }

  draw(scene: Scene): void {
    this.scene = scene;
    this.colours ??= coloursAt(this.canvas);
    const {
      layout,
      isUpright,
      sight: { left, right, from, to, top, bottom },
    } = scene;
    const [high, low] = [top === 0 ? 0 : rowY(top), endOf(bottom, isUpright)];
    this.place(left, high, right - left, low - high, isUpright);
    const pen = new Pen(this.context, this.colours, scene);
    const isSeen = ({ row }: Lane) => row >= top && row < bottom;
    pen.axis(left, right, low);
    for (const lane of layout.lanes.slice(top, bottom)) if (lane.from < to && lane.to >= from) pen.lane(lane);
    for (const arrow of layout.arrows)
      if (arrow.from < to && arrow.to >= from && (isSeen(arrow.fromLane) || isSeen(arrow.toLane))) pen.arrow(arrow);
    pen.step(high, low);
  }
}
