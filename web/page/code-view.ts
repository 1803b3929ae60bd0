// code-view.ts: a source, with the lines lit that a step is about, and what a program has printed.
import { hidden, make, reveal } from './dom.js';
import { highlightLine } from './highlight.js';
import type { Lines } from './moment.js';

export function drawCode(into: HTMLElement, source: string): void {
  const lines = source.split('\n').map((line) => make('span', 'line', ...highlightLine(line), '\n'));
  into.replaceChildren(make('code', '', ...lines));
  into.scrollTop = 0;
}

/** `isNow`: the step is of this side; else the lines are where it stood last. */
export function lightLines(code: HTMLElement, range: Lines | undefined, isNow: boolean): void {
  const lines = [...code.querySelectorAll<HTMLElement>('.line')];
  lines.forEach((line, i) => {
    const isLit = range !== undefined && i + 1 >= range[0] && i + 1 <= range[1];
    line.classList.toggle('lit', isLit);
    line.classList.toggle('now', isLit && isNow);
  });
  const line = range && lines[range[0] - 1];
  if (!line) return;
  const top = line.offsetTop; // .code is positioned
  const around = 2 * line.offsetHeight; // what stands around it is in sight, too
  reveal(code, Math.max(top - around, 0), top + line.offsetHeight + around, 'y');
}

const MOST_LINES = 100;

/** The first `count` lines. All that will be printed has its place from the start, so nothing moves while it
    comes; of very much only the end is shown. */
export function drawConsole(into: HTMLElement, all: readonly string[], count: number, isNow: boolean): void {
  const start = Math.max(count - MOST_LINES, 0);
  const items = all.slice(start, count).map((text, i) => {
    const item = make('li', start + i === count - 1 && isNow ? 'fresh' : '', text);
    item.prepend(hidden(make('span', 'number', String(start + i + 1))));
    return item;
  });
  for (let i = count; i < Math.min(all.length, MOST_LINES); i++) items.push(hidden(make('li', 'later', '\u00a0')));
  into.replaceChildren(...items);
  reveal(into, into.scrollHeight, into.scrollHeight, 'y');
}
