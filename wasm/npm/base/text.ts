// text.ts: UTF-8 both ways. Engines without TextDecoder (audio worklets, bare shells) get a decoder of
// our own, which gives the same text.
import { more } from '../parts.js';

/** `decode(bytes, STREAM)` gives the whole characters among what was given so far; the rest waits for more
    bytes. `decode()` gives what waits: half a character is U+FFFD. */
export type Decoder = Pick<TextDecoder, 'decode'>;
export const STREAM = { stream: true };

let byHand: typeof import('./utf8.js').byHand | undefined;

/** To be awaited before anything is written or read. */
export async function prepareText(): Promise<void> {
  if (typeof TextDecoder === 'undefined') ({ byHand } = await more());
}
/** The same at once. */
export const useByHand = (given: typeof byHand): unknown => (byHand = given);

export const encode = (text: string): Uint8Array => (byHand ? byHand.encode(text) : new TextEncoder().encode(text));

export const decoder = (): Decoder => (byHand ? byHand.decoder() : new TextDecoder('utf-8', { ignoreBOM: true })); // else it swallows three bytes
