// pack.ts: packs a program into a link: JSON, deflated, in letters that every mail program takes for part of a link.

const MOST = 200_000; // characters; a longer program was not written by hand

/** What a link carries. */
export interface Edit {
  js: string;
}

async function through(bytes: BufferSource, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(stream as TransformStream)
    .getReader();
  const parts: Uint8Array[] = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    if ((size += value.length) > 4 * MOST) throw new Error('too long');
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

export async function pack(edit: Edit): Promise<string> {
  const bytes = await through(new TextEncoder().encode(JSON.stringify(edit)), new CompressionStream('deflate-raw'));
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Undefined if it is damaged. */
export async function unpack(text: string): Promise<Edit | undefined> {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
    const edit = JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw'))));
    return typeof edit?.js === 'string' && edit.js.length <= MOST ? { js: edit.js } : undefined;
  } catch {
    return undefined;
  }
}
