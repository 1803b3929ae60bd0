// panel-borders.ts: the borders between the panels of a wide screen. You move them by pointer or keys, and they stay
// where you put them.
import { byId } from '../dom/elements.js';
import { recall, remember } from '../dom/storage.js';

interface Border {
  id: string;
  /** The variable that the style sheet reads. */
  variable: string;
  usual: number;
  least: number;
  most: () => number;
  isUpright: boolean;
  /** 1: the panel before the border grows when it moves right or down; -1: the one behind it. */
  sign: 1 | -1;
  /** How many pixels a unit of the size is. */
  unit: () => number;
  text: (value: number) => string;
}

const KEY = 'panels';
const STEP = 16; // pixels for each press of a key
const pixels = { unit: () => 1, text: (value: number) => `${value}px` };
const height = (part: number) => () => Math.round(part * innerHeight);
const sources = () => byId('panel-c').offsetWidth + byId('panel-js').offsetWidth;

const borders: Border[] = [
  {
    id: 'split-intro',
    variable: '--intro',
    usual: 272,
    least: 200,
    most: () => 420,
    isUpright: true,
    sign: 1,
    ...pixels,
  },
  {
    id: 'split-inspector',
    variable: '--inspector',
    usual: 300,
    least: 240,
    most: () => 520,
    isUpright: true,
    sign: -1,
    ...pixels,
  },
  {
    id: 'split-out',
    variable: '--out',
    usual: 118,
    least: 40,
    most: height(0.3),
    isUpright: false,
    sign: -1,
    ...pixels,
  },
  {
    id: 'split-time',
    variable: '--time',
    usual: 222,
    least: 90,
    most: height(0.45),
    isUpright: false,
    sign: -1,
    ...pixels,
  },
  {
    id: 'split-code',
    variable: '--sources',
    usual: 52,
    least: 20,
    most: () => 80,
    isUpright: true,
    sign: 1,
    unit: () => Math.max(sources() / 100, 1),
    text: (value) => `${value}fr ${100 - value}fr`,
  },
];

function readSizes(): Record<string, number> {
  try {
    const sizes: unknown = JSON.parse(recall(KEY) ?? '{}');
    return typeof sizes === 'object' && sizes !== null ? (sizes as Record<string, number>) : {};
  } catch {
    return {};
  }
}

class Panels {
  private readonly sizes = readSizes(); // those that were changed

  private frame = 0;

  constructor(private readonly onMove: () => void) {
    for (const border of borders) this.bind(border);
    this.place();
  }

  private sizeOf({ id, usual, least, most }: Border): number {
    const size = Number(this.sizes[id] ?? usual);
    return Math.round(Math.min(Math.max(Number.isFinite(size) ? size : usual, least), most()));
  }

  /** Sizes chosen in a larger window may not fit now. */
  place(): void {
    for (const border of borders) {
      const size = this.sizeOf(border);
      const now = { valuenow: size, valuemin: border.least, valuemax: border.most() };
      for (const [name, value] of Object.entries(now)) byId(border.id).setAttribute(`aria-${name}`, String(value));
      document.body.style.setProperty(border.variable, border.text(size));
    }
  }

  private move(border: Border, size: number | undefined): void {
    if (size === undefined) delete this.sizes[border.id];
    else this.sizes[border.id] = size;
    this.place();
    this.sizes[border.id] = this.sizeOf(border);
    remember(KEY, JSON.stringify(this.sizes));
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.onMove);
  }

  private key(border: Border, key: string): boolean {
    const { isUpright, sign, unit, least, most } = border;
    const [back, on] = isUpright ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const step = Math.max(Math.round(STEP / unit()), 1) * sign;
    if (key === on) this.move(border, this.sizeOf(border) + step);
    else if (key === back) this.move(border, this.sizeOf(border) - step);
    else if (key === 'Home') this.move(border, least);
    else if (key === 'End') this.move(border, most());
    else if (key === 'Enter') this.move(border, undefined);
    else return false;
    return true;
  }

  private bind(border: Border): void {
    const element = byId(border.id);
    const at = (event: PointerEvent) => (border.isUpright ? event.clientX : event.clientY);
    let from: { at: number; size: number } | undefined;
    element.addEventListener('pointerdown', (event) => {
      from = { at: at(event), size: this.sizeOf(border) };
      element.setPointerCapture(event.pointerId);
    });
    element.addEventListener('pointermove', (event) => {
      if (from) this.move(border, from.size + ((at(event) - from.at) * border.sign) / border.unit());
    });
    for (const end of ['pointerup', 'pointercancel']) element.addEventListener(end, () => (from = undefined));
    element.addEventListener('dblclick', () => this.move(border, undefined));
    element.addEventListener('keydown', (event) => {
      if (this.key(border, event.key)) event.preventDefault();
    });
  }
}

/** `onMove` is called when panels change their sizes. */
export function bindPanels(onMove: () => void): void {
  const panels = new Panels(onMove);
  addEventListener('resize', () => panels.place());
}
