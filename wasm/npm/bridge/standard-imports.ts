// standard-imports.ts: the functions of JavaScript that every C program may call (the end of
// runtime/include/rouse/private/js.h).
import type { Platform } from '../base/schedule.js';
import { encode } from '../base/text.js';
import { yieldFrame, yieldHost } from '../base/yields.js';

type Options = { signal: AbortSignal };

/** Thrown to give C the status CLOSED, with which loops over streams end. */
export class Ended {}

/** The next item: of an iterator, or of a ReadableStream's reader. */
async function next(source: any): Promise<unknown> {
  if (typeof (source?.next ?? source?.read) !== 'function')
    throw new TypeError(
      'rouse_js_next takes an iterator or the reader of a stream: call [Symbol.asyncIterator]() first',
    );
  const { done, value } = await (source.next ? source.next() : source.read());
  if (done) throw new Ended();
  return value;
}

/** Locks a stream for one operation. */
async function locked<L extends { releaseLock(): void }, T>(lock: () => L, use: (held: L) => Promise<T>): Promise<T> {
  const held = lock();
  try {
    return await use(held);
  } finally {
    held.releaseLock();
  }
}

/** The next chunk. If it is cancelled, the read that was begun still takes a chunk. */
async function read(source: any): Promise<Uint8Array> {
  const chunk: any = await (source?.getReader ? locked(() => source.getReader(), next) : next(source));
  return typeof chunk === 'string' ? encode(chunk) : chunk;
}

/** Waits until the stream has room. */
async function write(sink: any, bytes: Uint8Array): Promise<void> {
  const put = async (writer: any) => {
    await writer.ready;
    await writer.write(bytes);
  };
  await (sink.getWriter ? locked(() => sink.getWriter(), put) : put(sink));
}

const nextEvent = (target: EventTarget, type: string, { signal }: Options) =>
  new Promise((resolve) => target.addEventListener(type, resolve, { once: true, signal }));

export const provided = (platform: Platform): Readonly<Record<string, ((...args: any[]) => unknown) | undefined>> => ({
  rouse_js_await: (value: unknown) => value,
  rouse_js_next: next,
  rouse_js_read: read,
  rouse_js_write: write,
  rouse_js_end: (sink: any) => sink.close(),
  rouse_js_event: nextEvent,
  rouse_js_fetch: (url: string, { signal }: Options) => fetch(url, { signal }),
  rouse_js_yield_host: () => yieldHost(platform),
  rouse_js_yield_frame: (options: Options) => yieldFrame(platform, options),
});
