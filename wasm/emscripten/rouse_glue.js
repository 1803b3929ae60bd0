// A host for programs that Emscripten's own JavaScript runs (MODULARIZE). It links in the usual way:
//
//   emcc app.c rouse/runtime/src/*/*.c rouse/wasm/js/js_host.c -DROUSE_JS -Irouse/runtime/include
//     --no-entry -sMODULARIZE -sEXPORT_ES6 --js-library rouse/wasm/emscripten/rouse_glue.js -o app.mjs
//
//   const module = await createApp();
//   const code = await module.rouse.run(['arguments']);     // module.rouse.cancel() ends it with 130
//
// A program that uses rouse_stdin or rouse_stdout links wasm/js/js_fds.c and wasm/js/js_waiting.c as well, and reads
// what `run(args, { stdin })` gives it: text, bytes, or anything that gives pieces of them, such as an async
// generator. (createApp's own `stdin` is Emscripten's, for stdio.h.)
//
// Invariants: C is never entered while it runs: a wake that comes from it waits for a microtask. C names
// a deadline once: it stands until replaced, also when a timer fires early or a turn finds nothing due.
addToLibrary({
  $rouse__deps: ['rouse_main', 'rouse_tick', 'rouse_cancel', 'malloc', '$stringToNewUTF8', '$setRouseState'],
  $rouse__postset: "Module['rouse'] = { run: rouse.run, cancel: rouse.cancel };",
  $rouse: {
    SLICE_MS: 5,
    state: 'loaded', // then running, ended
    queued: false,
    timer: undefined,
    deadline: Infinity,
    sliceStart: 0,

    /** Runs ROUSE_MAIN to its end: the exit code. Rejects if it traps. */
    run(args = [], { stdin = '' } = {}) {
      if (rouse.state !== 'loaded') return Promise.reject(new Error('a program runs once: make another instance'));
      return new Promise((resolve, reject) => {
        Object.assign(rouse, { state: 'running', resolve, reject, stdin });
        const texts = ['program', ...args].map((text) => stringToNewUTF8(text));
        const argv = _malloc(4 * (texts.length + 1));
        [...texts, 0].forEach((text, index) => (HEAPU32[(argv >>> 2) + index] = text));
        rouse.sliceStart = performance.now();
        rouse.enter(() => _rouse_main(texts.length, argv) || setRouseState('ended', 1));
      });
    },
    /** Cancels it: its FINALLY blocks run. */
    cancel() {
      if (rouse.state === 'running') rouse.enter(() => _rouse_cancel());
    },

    enter(call) {
      try {
        call();
      } catch (error) {
        setRouseState('ended', undefined, error);
      }
    },
    turn() {
      rouse.queued = false;
      if (rouse.state !== 'running') return;
      rouse.enter(() => _rouse_tick());
      if (!rouse.timer) rouse.arm();
    },
    turnAfresh() {
      rouse.sliceStart = performance.now();
      rouse.turn();
    },
    /** In a microtask; once the slice is over in a macrotask, so that others get the thread. */
    wake() {
      if (rouse.queued) return;
      rouse.queued = true;
      if (performance.now() - rouse.sliceStart <= rouse.SLICE_MS) queueMicrotask(rouse.turn);
      else setTimeout(rouse.turnAfresh);
    },
    wakeAt(delay) {
      rouse.deadline = delay < 0 ? Infinity : performance.now() + delay;
      rouse.arm();
    },
    arm() {
      clearTimeout(rouse.timer);
      rouse.timer = undefined;
      if (rouse.state !== 'running' || rouse.deadline === Infinity) return;
      const left = Math.ceil(rouse.deadline - performance.now());
      rouse.timer = setTimeout(
        () => {
          rouse.timer = undefined;
          if (performance.now() < rouse.deadline)
            rouse.arm(); // early, or a part of a long wait
          else rouse.turnAfresh();
        },
        Math.min(Math.max(left, 1), 0x7fffffff),
      );
    },
  },

  $setRouseState: (state, code, error) => {
    rouse.state = state;
    clearTimeout(rouse.timer);
    if (error) rouse.reject(error);
    else rouse.resolve(code);
  },

  // One piece is held, and the next is asked for only when C wants more.
  $rouseInput__deps: ['$rouse', 'rouse_stdin_ready'],
  $rouseInput: {
    piece: undefined,
    pieces: undefined,
    asking: false,

    /** Bytes put there; 0 at the end, -1 when some will come. */
    read(at, size) {
      if (!rouseInput.piece) rouseInput.open(rouse.stdin);
      if (rouseInput.piece.length === 0 && rouseInput.pieces) {
        if (!rouseInput.asking) rouseInput.ask();
        return -1;
      }
      const some = rouseInput.piece.subarray(0, size);
      rouseInput.piece = rouseInput.piece.subarray(some.length);
      HEAPU8.set(some, at >>> 0);
      return some.length;
    },
    open(source) {
      const whole = typeof source === 'string' || source instanceof Uint8Array;
      rouseInput.take(whole ? source : '');
      if (!whole) rouseInput.pieces = (source[Symbol.asyncIterator] ?? source[Symbol.iterator]).call(source);
    },
    take(piece) {
      rouseInput.piece = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
    },
    async ask() {
      rouseInput.asking = true;
      try {
        const { done, value } = await rouseInput.pieces.next();
        if (done) rouseInput.pieces = undefined;
        else rouseInput.take(value);
      } catch (error) {
        rouseInput.pieces = undefined;
        err(`stdin: ${error}`);
        rouse.cancel();
      }
      rouseInput.asking = false;
      if (rouse.state === 'running') rouse.enter(() => _rouse_stdin_ready());
    },
  },

  rouse_host_wake__deps: ['$rouse'],
  rouse_host_wake: () => rouse.wake(),
  rouse_host_now: () => performance.now(),
  rouse_host_wake_at: (delay) => rouse.wakeAt(delay),
  rouse_host_slice_over: () => (performance.now() - rouse.sliceStart > rouse.SLICE_MS ? 1 : 0),
  rouse_host_text__deps: ['$UTF8ToString'],
  rouse_host_text: (at, length) => err(UTF8ToString(at, length).replace(/\n$/, '')),
  rouse_host_stdin__deps: ['$rouseInput'],
  rouse_host_stdin: (at, size) => rouseInput.read(at, size),
  rouse_host_done: (code) => setRouseState('ended', code),
});
