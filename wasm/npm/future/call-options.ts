// options.ts: an AbortSignal out.

/** What a function that C or `from` calls is given last. The signal is made when it is asked for. */
export class CallOptions {
  #controller: AbortController | undefined;
  #aborted: { reason: unknown } | undefined;
  get signal(): AbortSignal {
    const controller = (this.#controller ??= new AbortController());
    if (this.#aborted) controller.abort(this.#aborted.reason); // once more is nothing
    return controller.signal;
  }
  /** @internal */
  static abort(options: CallOptions, reason?: unknown): void {
    options.#aborted = { reason };
    options.#controller?.abort(reason);
  }
}
