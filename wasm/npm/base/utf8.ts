// utf8.ts: UTF-8 for engines without TextEncoder and TextDecoder.
import type { Decoder } from './text.js';

/** encodeURIComponent writes UTF-8, escaped; it throws for half of a surrogate pair. */
export function utf8Encode(text: string): Uint8Array {
  const whole = text.replace(/[\ud800-\udfff]/gu, '\ufffd');
  const bytes = encodeURIComponent(whole).replace(/%(..)/g, (_, hex) => String.fromCharCode(+`0x${hex}`));
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
}

/** How many bytes follow a first byte; -1 if no character starts with it. */
function following(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  if (byte >= 0xf0 && byte <= 0xf4) return 3;
  return -1;
}

/** The second byte's range is narrower after these: no long forms, surrogates, or beyond U+10FFFF. */
function secondByte(first: number): [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  if (first === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}

export function utf8Decoder(): Decoder {
  let code = 0;
  let missing = 0; // bytes of the current character that are still to come
  let range: [number, number] = [0x80, 0xbf];
  const take = (byte: number): string => {
    if (missing > 0) {
      if (byte >= range[0] && byte <= range[1]) {
        range = [0x80, 0xbf];
        code = (code << 6) | (byte & 0x3f);
        return --missing ? '' : String.fromCodePoint(code);
      }
      missing = 0;
      return `\ufffd${take(byte)}`;
    }
    if (byte < 0x80) return String.fromCharCode(byte);
    const more = following(byte);
    if (more < 0) return '\ufffd';
    missing = more;
    range = secondByte(byte);
    code = byte & (0x3f >> more);
    return '';
  };
  return {
    decode(bytes) {
      if (bytes) return Array.from(bytes as Uint8Array, take).join('');
      const rest = missing ? '\ufffd' : '';
      missing = 0;
      return rest;
    },
  };
}
