// glue.ts: runs a program for Emscripten's own JavaScript, with our scheduler and our stdin. tools/glue.mjs bundles it
// into the library that Emscripten links, of which wasm/emscripten/rouse_glue.js is the frame.
//
//   loaded --run--> running --done, trap--> ended
import { defaultPlatform, Scheduler } from '../base/schedule.js';
import { Input, type Stdin } from '../host/input.js';

const SLICE_MS = 5;

/** The C side, and where messages go. */
export interface Calls {
  /** False: there was no memory for the program. */
  main(args: readonly string[]): boolean;
  tick(): void;
  cancel(): void;
  stdinReady(): void;
  report(text: string): void;
}

export class Glue {
  #calls: Calls;
  #state: 'loaded' | 'running' | 'ended' = 'loaded';
  #resolve!: (code: number) => void;
  #reject!: (error: unknown) => void;
  #input: Input | undefined;
  readonly scheduler: Scheduler;

  constructor(calls: Calls) {
    this.#calls = calls;
    this.scheduler = new Scheduler(() => this.#enter(calls.tick), defaultPlatform(), SLICE_MS);
  }

  /** Runs ROUSE_MAIN to its end: the exit code. Rejects if it traps. */
  readonly run = (args: readonly string[] = [], { stdin = '' }: { stdin?: Stdin } = {}): Promise<number> => {
    if (this.#state !== 'loaded') return Promise.reject(new Error('a program runs once: make another instance'));
    return new Promise((resolve, reject) => {
      this.#state = 'running';
      this.#resolve = resolve;
      this.#reject = reject;
      this.#input = new Input(stdin, () => this.#enter(() => this.#calls.stdinReady()), this.#stdinFailed);
      this.scheduler.start();
      this.#enter(() => this.#calls.main(['program', ...args]) || this.done(1));
    });
  };

  /** Cancels the program: its FINALLY blocks run. */
  readonly cancel = (): void => this.#enter(this.#calls.cancel);

  /** Bytes of stdin: an empty array at the end, undefined if some will come later. */
  read(most: number): Uint8Array | undefined {
    return this.#input!.read(most);
  }

  readonly #stdinFailed = (error: unknown): void => {
    this.#calls.report(`stdin: ${error}`);
    this.cancel();
  };

  #enter(call: () => unknown): void {
    if (this.#state !== 'running') return;
    try {
      call();
    } catch (error) {
      this.#end();
      this.#reject(error);
    }
  }

  /** The program has ended. */
  done(code: number): void {
    this.#end();
    this.#resolve(code);
  }
  #end(): void {
    this.#state = 'ended';
    this.scheduler.stop();
    this.#input?.close();
  }
}
