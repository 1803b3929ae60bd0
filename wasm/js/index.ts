// index.ts: the public entry: all of the package's names on one screen.
export { RouseError, type ErrorCode } from './errors.js';
export { type Source } from './module.js';
export { Program, type LoadOptions } from './program.js';
export { type Platform } from './schedule.js';
export { type Trace, type TraceEvent } from './trace.js';
