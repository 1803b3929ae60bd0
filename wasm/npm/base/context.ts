// context.ts: captures the async context (AsyncLocalStorage) of a caller, for the JavaScript that runs on its behalf.
// It uses what the platform has; it imports nothing and replaces nothing.

/** Runs a function in the context in which it was captured. */
export type Context = <T>(run: () => T) => T;

const here: Context = (run) => run();

function find(): () => Context {
  const global = globalThis as any;
  const { Snapshot } = global.AsyncContext ?? {};
  if (Snapshot)
    return () => {
      const snapshot = new Snapshot();
      return (run) => snapshot.run(run);
    };
  const { AsyncResource } = global.process?.getBuiltinModule?.('node:async_hooks') ?? {};
  if (!AsyncResource) return () => here;
  // AsyncLocalStorage.snapshot() takes microseconds; this takes ten nanoseconds.
  const options = { requireManualDestroy: true };
  return () => {
    const resource = new AsyncResource('rouse', options);
    return (run) => resource.runInAsyncScope(run);
  };
}

let capture: (() => Context) | undefined;
export function captureContext(): Context {
  return (capture ??= find())();
}
