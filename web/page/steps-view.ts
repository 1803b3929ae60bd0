// steps-view.ts: every step as a sentence, in a list that screen readers and keys can walk. Of many, only
// those around the step or the place it is scrolled to are in the document.
import { make, reveal, richText } from './dom.js';
import type { Moment } from './moment.js';

const WINDOW = 200;
const MORE = 100;

export class StepList {
  private moments: readonly Moment[] = [];
  private from = 0; // the first that is in the document
  private selected: HTMLElement | undefined;

  constructor(
    private readonly into: HTMLElement,
    private readonly onStep: (step: number) => void,
  ) {
    into.addEventListener('scroll', () => this.grow());
  }

  private get to(): number {
    return this.from + this.into.childElementCount;
  }

  private option(moment: Moment, index: number): HTMLElement {
    const badge = make('b', 'badge', moment.side === 'c' ? 'C' : 'JS');
    const time = make('span', 'time', `${Math.round(moment.t)} ms`);
    const text = make('span', 'text', ...richText(moment.text));
    const option = make('li', `step ${moment.side}${moment.warning ? ' warning' : ''}`, time, badge, text);
    option.id = `step-${index + 1}`;
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', 'false');
    option.setAttribute('aria-posinset', String(index + 1));
    option.setAttribute('aria-setsize', String(this.moments.length));
    option.addEventListener('click', () => this.onStep(index + 1));
    return option;
  }

  private options(from: number, to: number): HTMLElement[] {
    return this.moments.slice(from, to).map((moment, i) => this.option(moment, from + i));
  }

  /** Near an end of what is there, there is more. */
  private grow(): void {
    const { into } = this;
    if (into.scrollTop + into.clientHeight > into.scrollHeight - 200)
      into.append(...this.options(this.to, this.to + MORE));
    if (into.scrollTop > 200 || this.from === 0) return;
    const height = into.scrollHeight;
    const start = Math.max(this.from - MORE, 0);
    into.prepend(...this.options(start, this.from));
    this.from = start;
    into.scrollTop += into.scrollHeight - height;
  }

  draw(moments: readonly Moment[]): void {
    this.moments = moments;
    this.around(0);
  }

  private around(step: number): void {
    this.from = Math.max(Math.min(step - WINDOW / 2, this.moments.length - WINDOW), 0);
    this.into.replaceChildren(...this.options(this.from, this.from + WINDOW));
    this.selected = undefined;
  }

  show(step: number): void {
    this.selected?.setAttribute('aria-selected', 'false');
    const isThere = step === 0 ? this.from === 0 : step > this.from && step <= this.to;
    if (!isThere) this.around(step);
    const option = this.into.children[step - 1 - this.from] as HTMLElement | undefined;
    this.into.scrollTop = option ? this.into.scrollTop : 0;
    if (!option) return this.into.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    this.into.setAttribute('aria-activedescendant', option.id);
    this.selected = option;
    const top = option.offsetTop; // .steps is positioned
    reveal(this.into, top, top + option.offsetHeight, 'y');
  }
}
