// player.ts: which step is shown, and how you get to another: with buttons, the slider, keys, or by playing.
import { byId } from '../dom/elements.js';

const STEP_MS = 700; // at speed 1

export class Player {
  private step = 0;
  private count = 0;
  private isDragged = false; // within this frame
  private next: number | undefined; // where to, after it
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly slider = byId<HTMLInputElement>('scrub');
  private readonly playButton = byId<HTMLButtonElement>('play');
  private readonly speed = byId<HTMLSelectElement>('speed');

  /** `onStep` draws a step; `sameTask` finds the next one of the same task. */
  constructor(
    private readonly onStep: (step: number) => void,
    private readonly sameTask: (step: number, direction: 1 | -1) => number,
  ) {
    const bind = (id: string, act: () => void) => byId(id).addEventListener('click', act);
    bind('first', () => this.go(0));
    bind('back', () => this.go(this.step - 1));
    bind('forward', () => this.go(this.step + 1));
    bind('last', () => this.go(this.count));
    bind('play', () => this.toggle());
    this.slider.addEventListener('input', () => this.drag(Number(this.slider.value)));
    this.speed.addEventListener('change', () => this.timer && this.start());
  }

  get at(): number {
    return this.step;
  }

  load(count: number, step: number): void {
    this.stop();
    this.next = undefined;
    this.count = count;
    this.slider.max = String(count);
    this.show(step);
  }

  /** Goes to a step that the reader chose: playing ends. */
  go(step: number): void {
    this.stop();
    this.next = undefined;
    this.show(step);
  }

  /** The same while a hand drags: within a frame, only the first and the last step are drawn. */
  drag(step: number): void {
    if (this.isDragged) return void (this.next = step);
    this.isDragged = true;
    this.go(step);
    requestAnimationFrame(() => {
      const { next } = this;
      this.isDragged = false;
      this.next = undefined;
      if (next !== undefined) this.drag(next);
    });
  }

  toggle(): void {
    if (this.timer) return this.stop();
    if (this.step >= this.count) this.show(0);
    this.start();
  }

  /** True if the key was one of ours. */
  key(event: KeyboardEvent): boolean {
    const { key, shiftKey } = event;
    if (key === 'ArrowRight') this.go(shiftKey ? this.sameTask(this.step, 1) : this.step + 1);
    else if (key === 'ArrowLeft') this.go(shiftKey ? this.sameTask(this.step, -1) : this.step - 1);
    else if (key === 'Home') this.go(0);
    else if (key === 'End') this.go(this.count);
    else if (key === ' ') this.toggle();
    else return false;
    return true;
  }

  private start(): void {
    clearInterval(this.timer);
    this.timer = setInterval(
      () => {
        if (this.step >= this.count) this.stop();
        else this.show(this.step + 1);
      },
      STEP_MS / Number(this.speed.value),
    );
    this.mark(true);
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.mark(false);
  }

  private mark(isPlaying: boolean): void {
    this.playButton.textContent = isPlaying ? '❚❚' : '▶';
    this.playButton.setAttribute('aria-label', isPlaying ? 'Pause' : 'Play');
  }

  private show(step: number): void {
    this.step = Math.min(Math.max(step, 0), this.count);
    this.onStep(this.step);
  }

  /** Draws the slider and the buttons at this step. */
  draw(): void {
    const [isFirst, isLast] = [this.step === 0, this.step === this.count];
    this.slider.value = String(this.step);
    byId<HTMLButtonElement>('back').disabled = byId<HTMLButtonElement>('first').disabled = isFirst;
    byId<HTMLButtonElement>('forward').disabled = byId<HTMLButtonElement>('last').disabled = isLast;
  }
}
