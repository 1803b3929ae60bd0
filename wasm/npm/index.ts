// index.ts: the public entry: all of the package's names on one screen.
export { load, type App, type AppOptions } from './app.js';
export {
  any,
  join,
  race,
  ready,
  run,
  settle,
  sleep,
  spawn,
  timeout,
  tryJoin,
  yieldFrame,
  yieldHost,
  yieldNow,
} from './combine.js';
export { RouseError, type ErrorCode, type FutureFrame } from './errors.js';
export { from } from './from.js';
export { Future } from './future.js';
export { future } from './generator.js';
export { type Stdin } from './input.js';
export { type Source } from './module.js';
export { channel, mutex, semaphore, type Channel, type Guard, type Mutex, type Semaphore } from './objects.js';
export { Program, type LoadOptions } from './program.js';
export { type Platform } from './schedule.js';
export { scope, type ScopeOptions } from './scope.js';
export { type Scope } from './scoped.js';
export { select, type Selected, type SelectOptions } from './select.js';
export { stream, type Stream } from './stream.js';
export { Task, type SpawnOptions } from './task.js';
export { type Trace, type TraceEvent } from './trace.js';
