// typed-input.ts: lines that are typed, for a program that asks for them one after the other: what
// `Program.load` takes as `stdin`. Lines wait here until they are asked for.

export class TypedInput implements AsyncIterable<string> {
  private readonly pieces: string[] = [];
  private isEnded = false;
  private wake: (() => void) | undefined;

  /** `onWait`: the program has asked, and nothing is there. */
  constructor(private readonly onWait: () => void) {}

  push(text: string): void {
    this.pieces.push(text);
    this.wake?.();
  }

  end(): void {
    this.isEnded = true;
    this.wake?.();
  }

  /** All that was typed, for one who reads it whole. */
  get text(): string {
    return this.pieces.join('');
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (;;) {
      const piece = this.pieces.shift();
      if (piece !== undefined) yield piece;
      else if (this.isEnded) return;
      else {
        this.onWait();
        await new Promise<void>((resolve) => (this.wake = resolve));
      }
    }
  }
}
