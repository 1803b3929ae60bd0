// code-view.ts: a source text that highlights the lines a step is about.
import { make, reveal } from '../dom/elements.js';
import type { Lines } from '../story/moment.js';
import { highlightLine } from './highlight.js';

export class CodeView {
  private lines: HTMLElement[] = [];
  private lit: HTMLElement[] = [];

  constructor(private readonly into: HTMLElement) {
    // A long sentence, a notice or a smaller window leaves less room for the source.
    new ResizeObserver(() => this.reveal()).observe(into);
  }

  draw(source: string): void {
    this.lit = [];
    this.lines = source.split('\n').map((line) => make('span', 'line', ...highlightLine(line), '\n'));
    this.into.replaceChildren(make('code', '', ...this.lines));
    this.into.scrollTop = 0;
  }

  /** `isNow`: the step is of this side. Otherwise these are the lines where this side stood last. */
  light(range: Lines | undefined, isNow: boolean): void {
    const lit = range ? this.lines.slice(range[0] - 1, range[1]) : [];
    for (const line of this.lit) if (!lit.includes(line)) line.classList.remove('lit', 'now');
    for (const line of lit) {
      line.classList.add('lit');
      line.classList.toggle('now', isNow);
    }
    this.lit = lit;
  }

  /** Scrolls to the first highlighted line and the lines around it. */
  reveal(): void {
    const [line] = this.lit;
    if (!line) return;
    const { offsetTop: top, offsetHeight: height } = line; // .code is positioned
    const around = Math.max(Math.min(2 * height, (this.into.clientHeight - height) / 2), 0);
    reveal(this.into, Math.max(top - around, 0), top + height + around, 'y');
  }
}
