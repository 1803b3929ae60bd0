// typed-input.ts: the lines that you type, as what `Program.load` takes as `stdin`. They wait here until the program
// asks for them.

export class TypedInput implements AsyncIterable<string> {
  private readonly pieces: string[] = [];
  private isEnded = false;
  private wake: (() => void) | undefined;

  /** `onWait` is called when the program asks and there is no line. */
  constructor(private readonly onWait: () => void) {}

  push(text: string): void {
    this.pieces.push(text);
    this.wake?.();
  }

  end(): void {
    this.isEnded = true;
    this.wake?.();
  }

  /** All that was typed, for a program that gets it at once. */
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
