// trace-tools.ts: 'rouse/trace': reads, checks, counts and converts trace files (docs/trace.md).
export { checkTrace, TRACE_RULES, type TraceProblem } from './trace-check.js';
export {
  convertTrace, parseTrace, TRACE_FORMAT, traceStats,
  type FileEvent, type TraceBase, type TraceFile, type TraceStats,
} from './trace-file.js';
