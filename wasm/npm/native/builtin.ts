// builtin.ts: the runtime of futures that are written in JavaScript, loaded once, when one first runs: its
// wasm (wasm/builtin/builtin.c) and its JavaScript (runtime.ts). Futures made before are inert.
import { captureContext } from './context.js';
import { RouseError, failure } from './errors.js';
import { isThenable, toFuture } from './from.js';
import { guard } from './guard.js';
import { Instance } from './instance.js';
import { Memory } from './memory.js';
import { compile } from './module.js';
import { part } from './parts.js';
import type { Runtime } from './runtime.js';
import { Slots } from './slots.js';
import { guarded } from './wasi.js';

/** What runtime.ts is given. */
const tools = {
  Instance,
  Memory,
  RouseError,
  Slots,
  captureContext,
  failure,
  guard,
  guarded,
  isThenable,
  toFuture,
};
export type Tools = typeof tools;

let loaded: Runtime | undefined;
let loading: Promise<Runtime> | undefined;

/** The runtime if it is there. */
export function runtime(): Runtime {
  if (loaded) return loaded;
  throw new RouseError('NOT_READY', "the built-in runtime is not loaded: await ready(), or use 'rouse/inline'");
}
export const isReady = () => loaded !== undefined;

/** Loads it; once. After a failure the next call tries again. */
export function start(): Promise<Runtime> {
  if (loaded) return Promise.resolve(loaded);
  loading ??= fetchRuntime().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The file beside this one. Bundlers look for just this expression. */
function ownFile(): URL {
  try {
    return new URL('./rouse.wasm', import.meta.url);
  } catch {
    throw new RouseError('NOT_SUPPORTED', "rouse.wasm cannot be found from a script: use 'rouse/inline'");
  }
}

async function fetchRuntime(): Promise<Runtime> {
  const fetched = part('runtime', () => import('./runtime.js'));
  const [module, { Runtime }] = await Promise.all([compile(ownFile()), fetched]);
  const made = new Runtime(tools);
  await made.instance.instantiate(module, made.env, { want: 'app' });
  return keep(made);
}

/** The same at once, from a module that is compiled. */
export function startNow(made: typeof Runtime, module: WebAssembly.Module): Runtime {
  return loaded ?? keep(new made(tools).begin(module));
}

function keep(made: Runtime): Runtime {
  loaded ??= made;
  loaded.instance.scheduler.start();
  return loaded;
}
