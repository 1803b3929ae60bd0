// output.ts: where a program's bytes go: a sink that the user gave, or the console by whole lines.
//
// Invariant: a sink never throws into the module: that would tear the C stack away in the middle of
// a turn. Its first error is handed to `failed` instead.
import { decoder } from './text.js';

export type Sink = (text: string) => void;

export interface Output {
  /** False if the sink failed. */
  write(bytes: Uint8Array): boolean;
  /** The program has ended: gives out what is left. */
  end(): void;
}

/** The console prints whole lines; what is left over comes at the end. */
function lines(print: (line: string) => void) {
  let rest = '';
  return {
    write(text: string) {
      const parts = text.split('\n');
      parts[0] = rest + parts[0];
      rest = parts.pop()!;
      parts.forEach(print);
    },
    flush() {
      if (rest) print(rest);
      rest = '';
    },
  };
}

export function output(
  given: Sink | undefined,
  print: Sink,
  failed: (error: unknown) => void,
): Output {
  const text = decoder(); // bytes may end in the middle of a character
  const buffer = given ? undefined : lines(print);
  const sink = given ?? buffer!.write;
  const guarded = (call: () => void): boolean => {
    try {
      call();
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  };
  const send = (piece: string) => {
    if (piece) sink(piece);
  };
  return {
    write: (bytes) => guarded(() => send(text.decode(bytes))),
    end: () => void guarded(() => (send(text.end()), buffer?.flush())),
  };
}
