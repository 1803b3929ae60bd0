// abort.ts: AbortSignals in. One listener per signal, however many wait for it, and none when nobody
// does: a long-lived signal does not grow, and Node does not warn about too many listeners.

type Handler = (reason: unknown) => void;
const waiting = new WeakMap<AbortSignal, Set<Handler>>();

/** How many listeners are set; for tests. */
export let abortListeners = 0;

/** Calls `handler` once the signal is aborted, which it is not yet. Gives what takes that back. */
export function onAbort(signal: AbortSignal, handler: Handler): () => void {
  let handlers = waiting.get(signal);
  if (!handlers) {
    const all = (handlers = new Set());
    const fire = () => {
      waiting.delete(signal);
      abortListeners--;
      for (const each of all) each(signal.reason);
      all.clear();
    };
    stops.set(all, () => signal.removeEventListener('abort', fire));
    signal.addEventListener('abort', fire, { once: true });
    waiting.set(signal, all);
    abortListeners++;
  }
  const all = handlers;
  all.add(handler);
  return () => {
    if (!all.delete(handler) || all.size > 0 || waiting.get(signal) !== all) return;
    waiting.delete(signal);
    abortListeners--;
    stops.get(all)!();
  };
}
const stops = new WeakMap<Set<Handler>, () => void>();

/** The reason of an abort without one: what an AbortController gives. */
export function abortReason(): unknown {
  const controller = new AbortController();
  controller.abort();
  return controller.signal.reason;
}
