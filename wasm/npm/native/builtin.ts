// builtin.ts: the runtime of futures that are written in JavaScript, loaded once, when one first runs: its
// wasm (wasm/builtin/builtin.c) and its JavaScript (runtime.ts). Futures made before are inert.
import { captureContext } from '../base/context.js';
import { RouseError, failure } from '../base/errors.js';
import { isThenable, toFuture } from '../future/from.js';
import { guard } from '../host/import-guard.js';
import { Instance } from '../host/instance.js';
import { Memory } from '../base/memory.js';
import { compile } from '../host/module.js';
import { part } from '../parts.js';
import type { Runtime } from './runtime.js';
import { Slots } from '../base/slots.js';
import { guarded } from '../host/wasi.js';
import { wasmUrl } from '../wasm-url.js';

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

async function fetchRuntime(): Promise<Runtime> {
  const fetched = part('runtime', () => import('./runtime.js'));
  const [module, { Runtime }] = await Promise.all([compile(wasmUrl()), fetched]);
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
