// provided.ts: the functions of JavaScript that C has without asking for them (the end of
// runtime/include/rouse/private/js.h).
import type { Platform } from './schedule.js';
import type { Tools } from './tools.js';

type Options = { signal: AbortSignal };

/** Thrown for CLOSED: the status that loops over streams end with. */
export class Ended {}

/** The next item: of an iterator, or of a ReadableStream's reader. */
async function next(source: any): Promise<unknown> {
  const { done, value } = await (source.next ? source.next() : source.read());
  if (done) throw new Ended();
  return value;
}

/** Locked for one operation, where it is not the reader or writer itself. */
async function locked<L extends { releaseLock(): void }, T>(lock: () => L, use: (held: L) => Promise<T>): Promise<T> {
  const held = lock();
  try {
    return await use(held);
  } finally {
    held.releaseLock();
  }
}

/** The next chunk; one that is cancelled stays in the stream only until the read that was begun ends. */
async function read(source: any, encode: Tools['encode']): Promise<Uint8Array> {
  const chunk: any = await (source.getReader ? locked(() => source.getReader(), next) : next(source));
  return typeof chunk === 'string' ? encode(chunk) : chunk;
}

/** Waits for room: that is the stream's way to say how fast it is. */
async function write(sink: any, bytes: Uint8Array): Promise<void> {
  const put = async (writer: any) => {
    await writer.ready;
    await writer.write(bytes);
  };
  await (sink.getWriter ? locked(() => sink.getWriter(), put) : put(sink));
}

const nextEvent = (target: EventTarget, type: string, { signal }: Options) =>
  new Promise((resolve) => target.addEventListener(type, resolve, { once: true, signal }));

export const provided = (
  platform: Platform,
  { encode, yieldFrame, yieldHost }: Tools,
): Readonly<Record<string, ((...args: any[]) => unknown) | undefined>> => ({
  rouse_js_await: (value: unknown) => value,
  rouse_js_next: next,
  rouse_js_read: (source: any) => read(source, encode),
  rouse_js_write: write,
  rouse_js_end: (sink: any) => sink.close(),
  rouse_js_event: nextEvent,
  rouse_js_fetch: (url: string, { signal }: Options) => fetch(url, { signal }),
  rouse_js_yield_host: () => yieldHost(platform),
  rouse_js_yield_frame: (options: Options) => yieldFrame(platform, options),
});
