// speech.ts: what a screen reader says while steps go by: the latest sentence, at most one in half a second.
const PAUSE_MS = 500;

export class Speech {
  private text = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly into: HTMLElement) {}

  say(text: string): void {
    this.text = text;
    if (this.timer === undefined) this.speak();
  }

  private speak(): void {
    this.timer = undefined;
    if (this.into.textContent === this.text) return;
    this.into.textContent = this.text;
    this.timer = setTimeout(() => this.speak(), PAUSE_MS);
  }
}
