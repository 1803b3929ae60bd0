// code-view.ts: a source, with the lines lit that a step is about, and what a program has printed.
import { make, reveal } from '../dom/elements.js';
import { highlightLine } from './highlight.js';
import type { Lines } from '../story/moment.js';
import { el, patch, unsaid } from '../dom/patch.js';

export class CodeView {
  private lines: HTMLElement[] = [];
  private lit: HTMLElement[] = [];

  constructor(private readonly into: HTMLElement) {
    // A sentence of two lines, a notice or a window that is made smaller takes room from the sources.
    new ResizeObserver(() => this.reveal()).observe(into);
  }

  draw(source: string): void {
    this.lit = [];
    this.lines = source.split('\n').map((line) => make('span', 'line', ...highlightLine(line), '\n'));
    this.into.replaceChildren(make('code', '', ...this.lines));
    this.into.scrollTop = 0;
  }

  /** `isNow`: the step is of this side; else the lines are where it stood last. */
  light(range: Lines | undefined, isNow: boolean): void {
    const lit = range ? this.lines.slice(range[0] - 1, range[1]) : [];
    for (const line of this.lit) if (!lit.includes(line)) line.classList.remove('lit', 'now');
    for (const line of lit) {
      line.classList.add('lit');
      line.classList.toggle('now', isNow);
    }
    this.lit = lit;
  }

  /** Brings the first lit line into sight, and what stands around it. */
  reveal(): void {
    const [line] = this.lit;
    if (!line) return;
    const { offsetTop: top, offsetHeight: height } = line; // .code is positioned
    const around = Math.max(Math.min(2 * height, (this.into.clientHeight - height) / 2), 0);
    reveal(this.into, Math.max(top - around, 0), top + height + around, 'y');
  }
}

const MOST_LINES = 100;

/** The first `count` lines. All that will be printed has its place from the start, so nothing moves while it
    comes; of very much only the end is shown. */
export function drawConsole(into: HTMLElement, all: readonly string[], count: number, isNow: boolean): void {
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

/** Brings the last of `count` lines into sight. */
export function revealPrinted(into: HTMLElement, count: number): void {
  const last = into.children[Math.min(count, MOST_LINES) - 1] as HTMLElement | undefined;
  const top = last?.offsetTop ?? 0; // .output is positioned
  reveal(into, top, top + (last?.offsetHeight ?? 0), 'y');
}
