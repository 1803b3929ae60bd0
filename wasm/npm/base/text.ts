// text.ts: UTF-8 both ways. Engines without TextDecoder (audio worklets, bare shells) use utf8.ts, which gives the
// same text.
import { utf8Decoder, utf8Encode } from './utf8.js';

/** `decode(bytes, STREAM)` gives the whole characters so far; an incomplete one waits for more bytes. `decode()` ends
    the text: an incomplete character is U+FFFD. */
export type Decoder = Pick<TextDecoder, 'decode'>;
export const STREAM = { stream: true };

export const encode = (text: string): Uint8Array =>
  typeof TextEncoder === 'undefined' ? utf8Encode(text) : new TextEncoder().encode(text);

/** A byte order mark is a character like any other: without the option it would be lost. */
export const decoder = (): Decoder =>
  typeof TextDecoder === 'undefined' ? utf8Decoder() : new TextDecoder('utf-8', { ignoreBOM: true });
