// errors.ts: the one kind of error this module throws. `code` is stable, the message says what to do.

export type ErrorCode =
  | 'NOT_WASM'
  | 'ABI_MISMATCH'
  | 'WRONG_HOST'
  | 'MISSING_EXPORT'
  | 'MISSING_IMPORT'
  | 'INVALID'
  | 'TRACE'
  | 'TRAPPED';

export class RouseError extends Error {
  override readonly name = 'RouseError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
