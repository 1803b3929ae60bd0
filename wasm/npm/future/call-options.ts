// call-options.ts: an AbortSignal out: for a function that C or `from` calls.

/** The last argument of such a function. The signal is made when it is first read. */
export class CallOptions {
  #controller: AbortController | undefined;
  #aborted: { reason: unknown } | undefined;
  get signal(): AbortSignal {
    const controller = (this.#controller ??= new AbortController());
    if (this.#aborted) controller.abort(this.#aborted.reason); // a second abort does nothing
    return controller.signal;
  }
  /** @internal */
  static abort(options: CallOptions, reason?: unknown): void {
    options.#aborted = { reason };
    options.#controller?.abort(reason);
  }
}
