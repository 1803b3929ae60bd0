// memory-view.ts: the bytes of a frame, field by field, as they were when its last poll began or ended. Fields that
// the poll changed are marked, and pointers are arrows.
import { hidden, make, svg } from '../dom/elements.js';
import type { FrameShot } from '../run/frame-log.js';
import type { Recording } from '../story/recording.js';
import type { Actor } from '../story/replay.js';

const ROW = 22;

interface Field {
  at: number;
  size: number;
  depth: number;
  type: string;
  name: string;
  isLeaf: boolean;
}

/** The fields with their sizes: a field ends where the next one of the same or a lesser depth begins. */
export function fieldsOf(rows: Recording['layouts'][string], size: number): Field[] {
  return rows.map(([at, depth, type, name], i) => {
    const next = rows.slice(i + 1).find((row) => row[1] <= depth);
    const isLeaf = !(rows[i + 1] && rows[i + 1]![1] > depth);
    return { at, size: (next?.[0] ?? size) - at, depth, type, name, isLeaf };
  });
}

const isPointer = ({ type }: Field) => type.endsWith('*') || type.includes('(*');
const STATUS: Record<number, string> = { 0x7fffffff: 'pending', 0x7ffffffe: 'being polled', 0: '0, ok' };

/** The meaning of a future's `at` (rouse/future.h). */
const placeOf = (at: number) =>
  at === 0 ? 'at the start' : at === 1 ? 'polled' : at > 0x7ffffff0 ? 'at the end' : `line ${at}`;

function valueOf(field: Field, view: DataView): string {
  const { at, size, type, name } = field;
  if (at + Math.min(size, 4) > view.byteLength) return '';
  if (isPointer(field)) {
    const value = view.getUint32(at, true);
    return value === 0 ? 'NULL' : `0x${value.toString(16)}`;
  }
  if (type === 'rouse_status') return STATUS[view.getUint32(at, true)] ?? String(view.getInt32(at, true));
  if (/^(u?int64_t|rouse_time|unsigned long long)/.test(type) && size >= 8) return String(view.getBigUint64(at, true));
  if (type === 'double') return String(view.getFloat64(at, true));
  if (type === '_Bool' || type === 'bool') return view.getUint8(at) ? 'true' : 'false';
  if (/^(char|unsigned char|u?int8_t)$/.test(type)) return String(view.getUint8(at));
  if (name === 'at') return placeOf(view.getUint32(at, true));
  if (type.includes('[')) return `${size} bytes`;
  return /^(unsigned|uint|size_t)/.test(type) ? String(view.getUint32(at, true)) : String(view.getInt32(at, true));
}

/** The last two shots of a frame up to an event, the newest first. */
function looks(shots: readonly FrameShot[], future: number, seq: number): FrameShot[] {
  return shots
    .filter((shot) => shot.future === future && shot.seq <= seq)
    .slice(-2)
    .reverse();
}

/** Where a pointer out of its frame points to. */
function farTarget(value: number, shots: readonly FrameShot[], seq: number, names: Map<number, string>): string {
  const home = shots.findLast((shot) => shot.seq <= seq && value >= shot.at && value < shot.at + shot.bytes.length);
  return home ? ` in ${names.get(home.future) ?? '?'}, + ${value - home.at}` : '';
}

function drawArrows(links: [from: number, to: number][], count: number): SVGElement {
  const picture = svg('svg', { class: 'pointers', width: 34, height: count * ROW, 'aria-hidden': 'true' });
  links.forEach(([from, to], i) => {
    const [y1, y2] = [from * ROW + ROW / 2, to * ROW + ROW / 2];
    const x = 14 + (i % 4) * 5;
    picture.append(svg('path', { class: 'way', d: `M2 ${y1}C${x + 12} ${y1} ${x + 12} ${y2} 4 ${y2}` }));
    picture.append(svg('path', { class: 'tip', d: `M1 ${y2}l7 -4v8z` }));
  });
  return picture;
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** A future of the library has no layout: its bytes as words. */
function wordsOf(size: number): Recording['layouts'][string] {
  return Array.from({ length: Math.ceil(size / 4) }, (_, i) => [4 * i, 1, 'uint32_t', `+ ${4 * i}`]);
}

function namesIn(moments: Recording['moments']): Map<number, string> {
  return new Map(moments.flatMap(({ side, born, actor }) => (side === 'c' && born ? [[actor!, born.name]] : [])));
}

/** One shot of a frame, compared with the one before. */
class FrameView {
  private readonly view: DataView;
  private readonly fields: Field[];
  private readonly links: [from: number, to: number][] = [];

  constructor(
    private readonly shot: FrameShot,
    private readonly before: FrameShot | undefined,
    rows: Recording['layouts'][string],
    private readonly targetOf: (pointer: number) => string,
  ) {
    const { bytes } = shot;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.fields = fieldsOf(rows, bytes.length);
  }

  private valueOf(field: Field, index: number): string {
    if (!field.isLeaf) return `${field.size} bytes`;
    const value = valueOf(field, this.view);
    if (!isPointer(field) || value === 'NULL' || value === '') return value;
    const pointer = this.view.getUint32(field.at, true);
    const inside = this.fields.findIndex(({ at }) => this.shot.at + at === pointer);
    if (inside < 0) return value + this.targetOf(pointer);
    this.links.push([index, inside]);
    return `→ ${this.fields[inside]!.name}`;
  }

  private row(field: Field, index: number): HTMLElement {
    const { at, size, depth, type, name, isLeaf } = field;
    const bytes = this.shot.bytes.subarray(at, at + size);
    const old = this.before?.bytes.subarray(at, at + size);
    const isNew = isLeaf && old !== undefined && hex(old) !== hex(bytes);
    const row = make(
      'li',
      `field${isNew ? ' changed' : ''}${isLeaf ? '' : ' group'}`,
      make('span', 'at', String(at)),
      make('b', '', name || type),
      make('span', 'value', this.valueOf(field, index)),
    );
    row.style.setProperty('--depth', String(depth - 1));
    row.title = `${type} ${name}: ${size} bytes at ${at}: ${hex(bytes.subarray(0, 32))}`;
    return row;
  }

  draw(): HTMLElement {
    const list = make('ol', 'fields', ...this.fields.map((field, i) => this.row(field, i)));
    const arrows = drawArrows(this.links, this.fields.length) as unknown as HTMLElement;
    return make('div', 'frame', list, hidden(arrows));
  }
}

export function drawMemory(into: HTMLElement, recording: Recording, actor: Actor | undefined, step: number): void {
  const say = (text: string) => into.replaceChildren(make('p', 'none', text));
  const { cRun, layouts, moments } = recording;
  if (!actor) return say('No future has been made yet.');
  const seq = moments.slice(0, step).findLast(({ side }) => side === 'c')?.seq ?? -1;
  const { shots, isFull } = cRun?.frames ?? { shots: [], isFull: false };
  const [shot, before] = looks(shots, actor.id, seq);
  const full = isFull ? ' The log of frames is full: later ones are missing.' : '';
  if (!shot)
    return say(
      `${actor.name} has not been polled yet. You see its ${actor.bytes ?? ''} bytes after the first poll.${full}`,
    );
  const names = namesIn(moments);
  const rows = layouts[actor.name.split(' ')[0]!] ?? wordsOf(shot.bytes.length);
  const frame = new FrameView(shot, before, rows, (pointer) => farTarget(pointer, shots, seq, names));
  const size = `${shot.bytes.length} bytes at 0x${shot.at.toString(16)}`;
  const where = make('p', 'where', make('b', '', actor.name), ` ${size}, as the last poll saw them.${full}`);
  into.replaceChildren(where, frame.draw());
}
