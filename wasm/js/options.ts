// options.ts: an AbortSignal out.

/** What a JavaScript function that C calls is given last. The signal is made when it is asked for. */
export class CallOptions {
  #controller: AbortController | undefined;
  #aborted: { reason: unknown } | undefined;
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort(this.#aborted.reason);
    }
    return this.#controller.signal;
  }
  /** @internal */
  static abort(options: CallOptions, reason?: unknown): void {
    options.#aborted = { reason };
    options.#controller?.abort(reason);
  }
}
