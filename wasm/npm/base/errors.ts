// errors.ts: the one kind of error this module throws. `code` is stable, the message says what to do.
import { STATUS } from './status.js';

/** What went wrong, in one word. The word is stable. */
export type ErrorCode =
  // of loading and calling
  | 'NOT_WASM'
  | 'ABI_MISMATCH'
  | 'WRONG_HOST'
  | 'MISSING_EXPORT'
  | 'MISSING_IMPORT'
  | 'RESERVED_NAME'
  | 'NOT_READY'
  | 'TRAPPED'
  | 'EXITED'
  | 'TRACE'
  // of C: ROUSE_ERR_<code>; USER is a code of the application's own, in `status`
  | 'CANCELLED'
  | 'NO_MEMORY'
  | 'CLOSED'
  | 'TIMEOUT'
  | 'FULL'
  | 'EMPTY'
  | 'LAGGED'
  | 'INVALID'
  | 'NOT_SUPPORTED'
  | 'DEADLOCK'
  | 'USER';

/** One await that a failure passed on its way up; the first is where it began. */
export interface FutureFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** The one kind of error of this package; what your own code throws passes through as it is. */
export class RouseError extends Error {
  override readonly name = 'RouseError';
  /** The rouse_status of a failure in C. */
  readonly status?: number;
  /** The chain of awaits in C; empty for errors that did not begin there. */
  readonly futureStack: readonly FutureFrame[] = [];
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The error for a failure in C. The awaits are part of its stack, as those of async functions are. */
export function failure(status: number, message = '', frames: readonly FutureFrame[] = []): RouseError {
  const [code, text] = STATUS[status] ?? ['USER', `failed with status ${status}`];
  const error = new RouseError(code as ErrorCode, message || text);
  const lines = frames.map((f) => `\n    at async ${f.function} (${f.file}:${f.line})`);
  if (lines.length) error.stack += lines.join(''); // else leave it alone: engines make it only when it is read
  return Object.assign(error, { status, futureStack: frames });
}
