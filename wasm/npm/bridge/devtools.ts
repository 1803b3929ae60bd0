// devtools.ts: `load(url, { devtools: true })`. The Performance panel shows what an app does live, in tracks of its
// own, and the stack of what C calls goes on in the JavaScript that called C. Where the host has neither
// `performance.measure` nor `console.createTask` it does nothing.
import type { Call } from './call.js';
import type { Context } from '../base/context.js';
import type { Future } from '../future/future.js';
import type { Instance } from '../host/instance.js';

type Track = 'turns' | 'C futures' | 'JavaScript promises';
type Imports = Readonly<Record<string, ((...args: any[]) => unknown) | undefined>>;

const colors = { turns: 'secondary', 'C futures': 'primary', 'JavaScript promises': 'tertiary' } as const;
const now = (): number => globalThis.performance?.now?.() ?? 0;

/** A slice of a track. The panel has recorded it when this returns: kept, the page's own list of measures
    would grow for ever. */
function measure(track: Track, what: string, start: number, outcome?: string): void {
  const { performance } = globalThis;
  if (!performance?.measure) return;
  const properties = outcome === undefined ? [] : [['outcome', outcome]];
  const color = outcome === 'rejected' ? 'error' : colors[track];
  const name = `rouse: ${what}`;
  const devtools = { dataType: 'track-entry', trackGroup: 'rouse', track, color, properties, tooltipText: what };
  performance.measure(name, { start, end: now(), detail: { devtools } });
  performance.clearMeasures?.(name);
}

/** Every turn of the module. */
export function watchTurns(instance: Instance): void {
  const tick = instance.tick.bind(instance);
  instance.tick = () => {
    const start = now();
    tick();
    measure('turns', 'turn', start);
  };
}

/** From its start to its end. */
function watchFuture(future: Future<any>, name: string): void {
  const { start, settle } = future;
  let began: number | undefined;
  future.start = () => {
    began ??= now();
    start.call(future);
  };
  future.settle = (phase, value) => {
    if (began !== undefined && !future.isDone) measure('C futures', `${name}()`, began, phase);
    settle.call(future, phase, value);
  };
}

/** A call of an exported function, from where it is made: JavaScript that runs on its behalf has that
    place in its stack, as if it had been called from there. */
export function watchCall<C extends Call<any>>(call: C, name: string): C {
  watchFuture(call, name);
  const console = globalThis.console as { createTask?(name: string): { run: Context } } | undefined;
  const task = console?.createTask?.(name);
  if (!task) return call;
  call.entersAlways = true;
  let captured: Context | undefined;
  Object.defineProperty(call, 'context', {
    get: (): Context => (run) => task.run(() => (captured ? captured(run) : run())),
    set: (context: Context | undefined) => void (captured = context),
  });
  return call;
}

/** What C calls, from its call to what its promise gives. */
export function watchImports(imports: Imports = {}): Imports {
  const watched: Record<string, Imports[string]> = {};
  for (const [name, call] of Object.entries(imports))
    watched[name] = typeof call === 'function' ? watchImport(name, call) : call;
  return watched;
}

function watchImport(name: string, call: (...args: any[]) => unknown) {
  return (...args: any[]) => {
    const start = now();
    const ended = (outcome: string) => measure('JavaScript promises', `${name}()`, start, outcome);
    try {
      const result = call(...args);
      // Another thenable may begin its work anew each time.
      if (result instanceof Promise)
        result.then(
          () => ended('fulfilled'),
          () => ended('rejected'),
        );
      else ended('fulfilled');
      return result;
    } catch (error) {
      ended('rejected');
      throw error;
    }
  };
}
