// abort.ts: AbortSignals in. A signal has one listener of ours while anything waits for it, else none. So a long-lived
// signal does not grow, and Node does not warn about too many listeners.

type Handler = (reason: unknown) => void;
const waiting = new WeakMap<AbortSignal, Set<Handler>>();

/** How many listeners are set; for tests. */
export let abortListeners = 0;

/** The one listener of all signals. */
function fire({ target }: Event): void {
  const signal = target as AbortSignal;
  const handlers = waiting.get(signal)!;
  forget(signal);
  for (const each of handlers) each(signal.reason);
}
function forget(signal: AbortSignal): void {
  signal.removeEventListener('abort', fire);
  waiting.delete(signal);
  abortListeners--;
}

/** Calls `handler` when the signal is aborted; it must not be aborted yet. Returns a function that undoes this. */
export function onAbort(signal: AbortSignal, handler: Handler): () => void {
  const handlers = waiting.get(signal) ?? new Set();
  if (handlers.size === 0) {
    signal.addEventListener('abort', fire);
    waiting.set(signal, handlers);
    abortListeners++;
  }
  handlers.add(handler);
  return () => {
    if (handlers.delete(handler) && handlers.size === 0 && !signal.aborted) forget(signal);
  };
}

/** The reason of an abort without one: what an AbortController gives. */
export function abortReason(): unknown {
  const controller = new AbortController();
  controller.abort();
  return controller.signal.reason;
}
