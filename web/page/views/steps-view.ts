// steps-view.ts: every step as a sentence, in a list for keys and screen readers. Of a long list, only the part around
// the step or the scroll position is in the document.
import { reveal } from '../dom/elements.js';
import { el, patch, rich, type Spec } from '../dom/patch.js';
import type { Moment } from '../story/moment.js';

const FEW = 200; // are all there
const WINDOW = 60;
const MORE = 60;
const MOST = 240;
const NEAR = 200; // pixels: an end that is so near is moved on

export class StepList {
  private moments: readonly Moment[] = [];
  private from = 0; // the first that is in the document
  private to = 0; // behind the last
  private step = 0;

  constructor(
    private readonly into: HTMLElement,
    onStep: (step: number) => void,
  ) {
    into.addEventListener('scroll', () => this.grow());
    into.addEventListener('click', ({ target }) => {
      const option = (target as Element).closest('.step');
      if (option) onStep(this.from + [...into.children].indexOf(option) + 1);
    });
  }

  private option({ side, t, text, warning, readies }: Moment, step: number): Spec {
    const badge = el('b', 'badge', side === 'c' ? 'C' : 'JS');
    const time = el('span', 'time', `${Math.round(t)} ms`);
    const attributes = {
      id: `step-${step}`,
      role: 'option',
      'aria-selected': String(step === this.step),
      'aria-posinset': String(step),
      'aria-setsize': String(this.moments.length),
    };
    const classes = `step ${side}${warning ? ' warning' : ''}${readies ? ' wakes' : ''}`;
    return { ...el('li', classes, time, badge, el('span', 'text', ...rich(text))), attributes };
  }

  private fill(): void {
    const { from, to, moments } = this;
    patch(
      this.into,
      moments.slice(from, to).map((moment, i) => this.option(moment, from + i + 1)),
    );
  }

  draw(moments: readonly Moment[]): void {
    Object.assign(this, { moments, step: 0 });
    this.around(0);
    this.fill();
  }

  private around(step: number): void {
    const { length } = this.moments;
    const size = length <= FEW ? length : WINDOW;
    this.from = Math.max(Math.min(step - size / 2, length - size), 0);
    this.to = this.from + size;
  }

  /** Adds options near the end you scroll to; the visible ones stay where they are. */
  private grow(): void {
    const {
      into,
      moments: { length },
    } = this;
    const { scrollTop, clientHeight, scrollHeight } = into;
    const isDown = this.to < length && scrollTop + clientHeight > scrollHeight - NEAR;
    const isUp = this.from > 0 && scrollTop < NEAR;
    if (!isDown && !isUp) return;
    const options = () => [...into.children] as HTMLElement[];
    const first = options().findIndex(({ offsetTop }) => offsetTop >= scrollTop);
    const [step, beyond] = [this.from + first, options()[first]!.offsetTop - scrollTop];
    if (isDown) this.to = Math.min(this.to + MORE, length);
    else this.from = Math.max(this.from - MORE, 0);
    if (isDown) this.from = Math.max(this.from, this.to - MOST);
    else this.to = Math.min(this.to, this.from + MOST);
    this.fill();
    into.scrollTop = options()[step - this.from]!.offsetTop - beyond;
  }

  show(step: number): void {
    this.step = step;
    if (step === 0 ? this.from > 0 : step <= this.from || step > this.to) this.around(step);
    this.fill();
    if (step === 0) this.into.removeAttribute('aria-activedescendant');
    else this.into.setAttribute('aria-activedescendant', `step-${step}`);
  }

  reveal(): void {
    const option = this.into.children[this.step - 1 - this.from] as HTMLElement | undefined;
    const top = option?.offsetTop ?? 0; // .steps is positioned
    reveal(this.into, top, top + (option?.offsetHeight ?? 0), 'y');
  }
}
