// text.ts: UTF-8 both ways. Engines without TextDecoder (audio worklets, bare shells) get a decoder of
// our own, which gives the same text.

export interface Decoder {
  /** The whole characters among what was given so far; the rest waits for more bytes. */
  decode(bytes: Uint8Array): string;
  /** What waits: half a character is U+FFFD. */
  end(): string;
}

export function encode(text: string): Uint8Array {
  return typeof TextEncoder === 'undefined' ? encodeByHand(text) : new TextEncoder().encode(text);
}

export function decoder(): Decoder {
  if (typeof TextDecoder === 'undefined') return decoderByHand();
  const decode = new TextDecoder('utf-8', { ignoreBOM: true }); // else it swallows three bytes
  return { decode: (bytes) => decode.decode(bytes, { stream: true }), end: () => decode.decode() };
}

/** Escaping in addresses is UTF-8. */
export function encodeByHand(text: string): Uint8Array {
  const whole = text.replace(/[\ud800-\udfff]/gu, '\ufffd'); // halves of pairs
  const bytes = encodeURIComponent(whole).replace(/%(..)/g, (_, hex) => String.fromCharCode(+`0x${hex}`));
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
}

/** How many bytes follow a first byte; -1 if no character begins with it. */
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

export function decoderByHand(): Decoder {
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
    decode: (bytes) => Array.from(bytes, take).join(''),
    end: () => (missing ? ((missing = 0), '\ufffd') : ''),
  };
}
