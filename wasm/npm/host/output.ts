// output.ts: where a program's bytes go: a sink that the user gave, or the console by whole lines.
//
// Invariant: what a sink throws does not pass through the module: it would remove the C stack in the middle of a turn.
// `failed` gets it instead.
import { decoder, STREAM } from '../base/text.js';

export type Sink = (text: string) => void;

export interface Output {
  /** False if the sink failed. */
  write(bytes: Uint8Array): boolean;
  /** The program has ended: writes what is left. */
  end(): void;
}

export function output(given: Sink | undefined, method: 'log' | 'error', failed: (error: unknown) => void): Output {
  const { console } = globalThis as { console?: Console };
  const text = decoder(); // bytes may end in the middle of a character
  let rest = ''; // of a line
  /** The console prints whole lines. The rest waits for more, or for the end. */
  const send = (piece: string) => {
    if (given) return piece && given(piece);
    const lines = piece.split('\n');
    lines[0] = rest + lines[0];
    rest = lines.pop()!;
    for (const line of lines) console?.[method](line);
  };
  const guarded = (piece: string): boolean => {
    try {
      send(piece);
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  };
  return {
    write: (bytes) => guarded(text.decode(bytes, STREAM)),
    end() {
      guarded(text.decode());
      if (rest) guarded('\n');
    },
  };
}
