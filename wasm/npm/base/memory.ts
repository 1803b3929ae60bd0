// memory.ts: a module's memory as typed arrays. Growing the memory detaches them. So ask for one at each use: it is
// made again only if it was detached.
import { decoder, encode } from './text.js';

export class Memory {
  #i32 = new Int32Array();
  #u8!: Uint8Array;
  #view!: DataView;

  constructor(private readonly source: { get(): WebAssembly.Memory }) {}

  /** A detached array is empty. To ask for the buffer each time would take longer than the access. */
  #renew(): void {
    if (this.#i32.length > 0) return;
    const { buffer } = this.source.get();
    this.#i32 = new Int32Array(buffer);
    this.#u8 = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }
  get i32(): Int32Array {
    this.#renew();
    return this.#i32;
  }
  get u8(): Uint8Array {
    this.#renew();
    return this.#u8;
  }
  get view(): DataView {
    this.#renew();
    return this.#view;
  }

  word(at: number): number {
    return this.i32[at >>> 2]! >>> 0;
  }

  bytes(at: number, length: number): Uint8Array {
    return this.u8.slice(at, at + length);
  }

  /** A C string; '' for NULL. */
  string(at: number): string {
    if (!at) return '';
    const { u8 } = this;
    const end = u8.indexOf(0, at);
    let text = '';
    // Names and numbers are short: without a decoder they take a tenth of the time.
    for (let i = at; i < end && end - at < 24; i++) {
      if (u8[i]! > 127) break;
      text += String.fromCharCode(u8[i]!);
    }
    if (text.length === end - at) return text;
    return decoder().decode(u8.slice(at, end));
  }

  /** Writes as much of the text as fits, in whole characters, and a NUL. */
  putText(at: number, size: number, text: string): void {
    let bytes = encode(text);
    let length = Math.min(bytes.length, size - 1);
    while (length < bytes.length && length > 0 && (bytes[length]! & 0xc0) === 0x80) length--;
    bytes = bytes.subarray(0, length);
    this.u8.set(bytes, at);
    this.u8[at + length] = 0;
  }
}
