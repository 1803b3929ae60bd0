// trace-tools.ts: 'rouse/trace': reads, checks, counts and converts trace files (docs/trace.md).
import { readTrace, type Trace } from './trace/trace-ring.js';

/** What a loaded app has recorded; undefined if it was built without ROUSE_TRACE. */
export function traceOf(app: object): Trace | undefined {
  const traced = (app as any)[Symbol.for('rouse.trace')] as [ArrayBufferLike, number] | undefined;
  return traced && readTrace(...traced);
}

export { type Trace, type TraceEvent } from './trace/trace-ring.js';
export { checkTrace, TRACE_RULES, type TraceProblem } from './trace/trace-check.js';
export {
  convertTrace,
  kindOf,
  parseTrace,
  TRACE_FORMAT,
  traceStats,
  type FileEvent,
  type TraceBase,
  type TraceFile,
  type TraceStats,
} from './trace/trace-file.js';
