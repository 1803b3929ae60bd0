// UTF-8 without TextDecoder and TextEncoder gives what they give.
import { expect, test } from '@jest/globals';
import { utf8Decoder, utf8Encode } from '../../dist/base/utf8.js';
import { decoder, STREAM } from '../../dist/base/text.js';

const samples = ['', 'abc', '\u00e9\u07ff\u0800\uffff', '\u{10000}\u{10ffff}', '\ufeffmark', 'a\ud800b'];

test('encoding', () => {
  for (const text of samples) expect(utf8Encode(text)).toEqual(new TextEncoder().encode(text));
});

test('decoding, cut anywhere', () => {
  const bytes = new TextEncoder().encode(samples.join(' '));
  for (let cut = 0; cut <= bytes.length; cut++)
    for (const text of [decoder(), utf8Decoder()])
      expect(
        text.decode(bytes.subarray(0, cut), STREAM) + text.decode(bytes.subarray(cut), STREAM) + text.decode(),
      ).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
});

test('decoding what is no UTF-8', () => {
  const alphabet = [0x41, 0x80, 0x90, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff];
  let seed = 1;
  const random = (n) => (seed = (seed * 48271) % 0x7fffffff) % n;
  for (let i = 0; i < 5000; i++) {
    const bytes = Uint8Array.from({ length: random(8) }, () => alphabet[random(alphabet.length)]);
    const { decode } = utf8Decoder();
    expect(decode(bytes, STREAM) + decode()).toBe(new TextDecoder().decode(bytes));
  }
});
