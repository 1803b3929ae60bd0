// index.ts: the public entry: all of the package's names on one screen.
export { load, type App, type AppOptions } from './bridge/app.js';
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
} from './native/combine.js';
export { RouseError, type ErrorCode, type FutureFrame } from './base/errors.js';
export { from } from './future/from.js';
export { Future } from './future/future.js';
export { future } from './native/generator.js';
export { type Stdin } from './host/input.js';
export { type Source } from './host/module.js';
export { channel, mutex, semaphore, type Channel, type Guard, type Mutex, type Semaphore } from './native/objects.js';
export { Program, type LoadOptions } from './host/program.js';
export { type Platform } from './base/schedule.js';
export { scope, type ScopeOptions } from './native/scope.js';
export { type Scope } from './native/scoped.js';
export { select, type Selected, type SelectOptions } from './native/select.js';
export { stream, type Stream } from './native/stream.js';
export { Task, type SpawnOptions } from './future/task.js';
export { type Trace, type TraceEvent } from './trace/trace-ring.js';
