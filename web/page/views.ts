// views.ts: draws what it is given and keeps nothing.
import { highlightLine } from './highlight.js';
import type { Lane, Step, Story } from './story.js';

export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}

export function make(tag: string, className: string, ...content: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** Text with `code` between backticks. */
export function richText(text: string): (Node | string)[] {
  return text.split('`').map((part, i) => (i % 2 ? make('code', '', part) : part));
}

export function drawCode(into: HTMLElement, source: string): void {
  const lines = source.split('\n').map((line) => make('span', 'line', ...highlightLine(line), '\n'));
  into.replaceChildren(make('code', '', ...lines));
  into.scrollTop = 0;
}

/** Lights the lines `first` to `last`, and scrolls only the source, never the page. */
export function lightLines(code: HTMLElement, range: [number, number] | undefined): void {
  const lines = [...code.querySelectorAll<HTMLElement>('.line')];
  lines.forEach((line, i) => {
    line.classList.toggle('lit', range !== undefined && i + 1 >= range[0] && i + 1 <= range[1]);
  });
  const line = range && lines[range[0] - 1];
  if (!line) return;
  const top = line.offsetTop - code.offsetTop;
  const isVisible = top >= code.scrollTop && top + line.offsetHeight <= code.scrollTop + code.clientHeight;
  if (!isVisible) code.scrollTop = top - code.clientHeight / 3;
}

export function drawNote(into: HTMLElement, text: string): void {
  into.replaceChildren(make('li', 'empty', text));
}

/** By mouse, by key or by touch; a tap does not focus everywhere. */
function pointWith(button: HTMLButtonElement, point: () => void): void {
  for (const kind of ['mouseenter', 'focus', 'click']) button.addEventListener(kind, point);
}

/** What a program printed. Pointing at a line lights it in both outputs and in its source. */
export function drawOutput(into: HTMLElement, lines: string[], onPoint: (text: string) => void): void {
  if (lines.length === 0) return drawNote(into, 'It printed nothing.');
  const items = lines.map((text) => {
    const button = make('button', '', make('span', 'text', text)) as HTMLButtonElement;
    button.type = 'button';
    button.dataset.text = text;
    pointWith(button, () => onPoint(text));
    return make('li', '', button);
  });
  into.replaceChildren(...items);
}

const ICONS: Record<string, string> = {
  'fut.create': '◇',
  'fut.drop': '✕',
  'task.spawn': '★',
  'task.done': '✓',
  'poll.begin': '▶',
  'poll.end': '◀',
  wake: '↗',
  'timer.arm': '◔',
  'timer.fire': '●',
  print: '“',
};

function stepButton(step: Step, onPoint: (step: Step) => void): HTMLButtonElement {
  const icon = make('span', 'icon', ICONS[step.kind] ?? '·');
  icon.setAttribute('aria-hidden', 'true');
  const time = make('span', 'time', `${Math.round(step.t)} ms`);
  const button = make('button', '', time, icon, make('span', 'text', step.text)) as HTMLButtonElement;
  button.type = 'button';
  button.tabIndex = -1; // one stop for Tab, arrows inside
  button.dataset.kind = step.kind;
  button.dataset.depth = String(Math.min(step.depth, 4));
  if (step.warning) button.classList.add('warning');
  pointWith(button, () => onPoint(step));
  return button;
}

function moveFocus(buttons: HTMLButtonElement[], event: KeyboardEvent): void {
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const last = buttons.length - 1;
  const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last };
  const target = targets[event.key];
  if (at < 0 || target === undefined) return;
  event.preventDefault();
  const button = buttons[Math.min(Math.max(target, 0), last)]!;
  for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
  button.focus();
}

export function drawSteps(into: HTMLElement, steps: Step[], onPoint: (step: Step) => void): void {
  const buttons = steps.map((step) => stepButton(step, onPoint));
  if (buttons[0]) buttons[0].tabIndex = 0;
  into.replaceChildren(...buttons.map((button) => make('li', '', button)));
  into.onkeydown = (event) => moveFocus(buttons, event);
  into.scrollTop = 0;
}

function place(element: HTMLElement, from: number, to: number): HTMLElement {
  element.style.gridColumn = `${from + 1} / ${to + 2}`;
  return element;
}

/** A future's life from left to right, one column per step: polls are boxes, none is a ghost. */
function laneTrack(lane: Lane, columns: number): HTMLElement {
  const life = place(make('span', lane.neverPolled ? 'ghost' : 'life'), lane.from, lane.to);
  const bars = lane.bars.map((bar) => place(make('span', bar.ready ? 'bar ready' : 'bar'), bar.from, bar.to));
  const track = make('div', 'track', life, ...bars);
  track.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  track.setAttribute('aria-hidden', 'true');
  return track;
}

function laneKey(lanes: Lane[]): HTMLElement {
  const entry = (mark: string, text: string) => make('span', '', make('i', mark), text);
  const entries = [entry('bar', 'poll, pending'), entry('bar ready', 'poll, ready')];
  if (lanes.some((lane) => lane.neverPolled)) entries.push(entry('ghost', 'never polled'));
  const key = make('div', 'key', ...entries);
  key.setAttribute('aria-hidden', 'true'); // the rows say it in words
  return key;
}

export function drawLanes(into: HTMLElement, { lanes, steps }: Story): void {
  const rows = lanes.map((lane) => {
    const polls = `${lane.polls} ${lane.polls === 1 ? 'poll' : 'polls'}`;
    const fate = make('span', lane.neverPolled ? 'fate warning' : 'fate', `${polls}, ${lane.fate}`);
    const row = make('div', 'lane', make('span', 'name', lane.name), fate, laneTrack(lane, steps.length));
    row.dataset.future = lane.name;
    row.dataset.polls = String(lane.polls);
    return row;
  });
  into.replaceChildren(...rows, laneKey(lanes));
}
