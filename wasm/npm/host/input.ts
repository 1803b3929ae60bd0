// input.ts: what a program reads as its standard input: given whole, or piece by piece.
//
// Invariant: one piece is held, and the next is asked for only when the program wants more. So the source is read as
// fast as the program reads.
import { encode } from '../base/text.js';

type Piece = string | Uint8Array;
/** Text, bytes, or anything that gives pieces of them: a ReadableStream, an array, an async generator. */
export type Stdin = Piece | ReadableStream<Piece> | AsyncIterable<Piece> | Iterable<Piece>;

const NONE = new Uint8Array(0);

/** A stream's reader can be cancelled while it waits; its iterator could not. */
function piecesOf(source: any): AsyncIterator<Piece> | Iterator<Piece> {
  if (source.getReader) {
    const reader = source.getReader();
    return { next: () => reader.read(), return: (): any => reader.cancel() };
  }
  return (source[Symbol.asyncIterator] ?? source[Symbol.iterator]).call(source);
}

/** @internal */
export class Input {
  #piece: Uint8Array;
  #source?: Exclude<Stdin, Piece>; // not touched before the program reads
  #pieces?: AsyncIterator<Piece> | Iterator<Piece>;
  #asked = false;
  #ready: () => void;
  #failed: (error: unknown) => void;

  /** `ready` is called when there is more, or the end; `failed` before it, if the source threw. */
  constructor(source: Stdin, ready: () => void, failed: (error: unknown) => void) {
    const whole = typeof source === 'string' || source instanceof Uint8Array;
    this.#piece = whole ? this.#bytesOf(source) : NONE;
    if (!whole) this.#source = source;
    this.#ready = ready;
    this.#failed = failed;
  }

  #bytesOf(piece: Piece): Uint8Array {
    return typeof piece === 'string' ? encode(piece) : piece;
  }

  /** At most this many bytes; none at the end. Undefined: none yet, and `ready` will be called. */
  read(most: number): Uint8Array | undefined {
    if (this.#piece.length === 0 && this.#source) {
      if (!this.#asked) void this.#ask(this.#source);
      return undefined;
    }
    const some = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(some.length);
    return some;
  }

  /** The next piece that is not empty, or the end. */
  async #ask(source: Exclude<Stdin, Piece>): Promise<void> {
    this.#asked = true;
    try {
      const pieces = (this.#pieces ??= piecesOf(source));
      while (this.#source && this.#piece.length === 0) {
        const { done, value } = await pieces.next();
        if (done) this.#source = undefined;
        else this.#piece = this.#bytesOf(value);
      }
    } catch (error) {
      this.#source = undefined;
      this.#failed(error);
    }
    this.#asked = false;
    this.#ready();
  }

  /** Nobody reads any more: closes the source. */
  close(): void {
    const pieces = this.#source && this.#pieces;
    this.#source = undefined;
    this.#piece = NONE;
    this.#ready = this.#failed = () => {};
    try {
      Promise.resolve(pieces?.return?.()).catch(() => {});
    } catch {
      // nobody is left who could use the error
    }
  }
}
