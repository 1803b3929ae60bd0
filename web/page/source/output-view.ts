// output-view.ts: the lines that a program has printed.
import { reveal } from '../dom/elements.js';
import { el, patch, unsaid } from '../dom/patch.js';

const MOST_LINES = 100;

/** Shows the first `count` lines. Later lines have their place from the start, so nothing moves when they come. If
    there are very many, only the last are shown. */
export function drawOutput(into: HTMLElement, all: readonly string[], count: number, isNow: boolean): void {
  const start = Math.max(count - MOST_LINES, 0);
  const items = all
    .slice(start, count)
    .map((text, i) =>
      el(
        'li',
        start + i === count - 1 && isNow ? 'fresh' : '',
        unsaid(el('span', 'number', String(start + i + 1))),
        text,
      ),
    );
  for (let i = count; i < Math.min(all.length, MOST_LINES); i++) items.push(unsaid(el('li', 'later', '\u00a0')));
  patch(into, items);
}

/** Scrolls to the last of `count` lines. */
export function revealOutput(into: HTMLElement, count: number): void {
  const last = into.children[Math.min(count, MOST_LINES) - 1] as HTMLElement | undefined;
  const top = last?.offsetTop ?? 0; // .output is positioned
  reveal(into, top, top + (last?.offsetHeight ?? 0), 'y');
}
