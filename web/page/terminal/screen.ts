// screen.ts: what was typed and printed, in order. Only the last 100,000 characters are kept.
import { make } from '../dom/elements.js';

export type Kind = 'out' | 'err' | 'typed' | 'command';
const MOST = 100_000; // characters

export class Screen {
  private last: { kind: Kind; node: HTMLElement } | undefined;
  private size = 0;

  constructor(private readonly box: HTMLElement) {}

  clear(): void {
    this.box.replaceChildren();
    this.last = undefined;
    this.size = 0;
  }

  write(kind: Kind, text: string): void {
    if (this.last?.kind !== kind) {
      this.last = { kind, node: make('span', kind) };
      this.box.append(this.last.node);
    }
    this.last.node.append(text);
    this.size += text.length;
    this.trim();
    this.box.scrollTop = this.box.scrollHeight;
  }

  private trim(): void {
    while (this.size > MOST) {
      const span = this.box.firstChild!;
      const oldest = span.firstChild!;
      this.size -= oldest.textContent!.length;
      oldest.remove();
      if (!span.hasChildNodes()) span.remove();
      if (span === this.last?.node && !span.isConnected) this.last = undefined;
    }
  }
}
