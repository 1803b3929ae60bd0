// steps-view.ts: every step as a sentence, in a list that screen readers and keys can walk.
import { make, reveal, richText } from './dom.js';
import type { Moment } from './moment.js';

export class StepList {
  private options: HTMLElement[] = [];
  private selected?: HTMLElement;

  constructor(
    private readonly into: HTMLElement,
    private readonly onStep: (step: number) => void,
  ) {}

  draw(moments: readonly Moment[]): void {
    this.options = moments.map((moment, i) => {
      const badge = make('b', 'badge', moment.side === 'c' ? 'C' : 'JS');
      const time = make('span', 'time', `${Math.round(moment.t)} ms`);
      const text = make('span', 'text', ...richText(moment.text));
      const option = make('li', `step ${moment.side}${moment.warning ? ' warning' : ''}`, time, badge, text);
      option.id = `step-${i + 1}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.addEventListener('click', () => this.onStep(i + 1));
      return option;
    });
    this.into.replaceChildren(...this.options);
    delete this.selected;
  }

  show(step: number): void {
    this.selected?.setAttribute('aria-selected', 'false');
    const option = this.options[step - 1];
    this.into.scrollTop = option ? this.into.scrollTop : 0;
    if (!option) return this.into.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    this.into.setAttribute('aria-activedescendant', option.id);
    this.selected = option;
    const top = option.offsetTop - this.into.offsetTop;
    reveal(this.into, top, top + option.offsetHeight, 'y');
  }
}
