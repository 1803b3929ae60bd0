// A host for programs that Emscripten's own JavaScript runs (MODULARIZE). tools/glue.mjs writes it to dist/, with
// wasm/npm/emscripten/glue.ts in the place of GLUE. It links in the usual way:
//
//   emcc app.c rouse/runtime/src/*/*.c rouse/wasm/js/js_host.c -DROUSE_JS -Irouse/runtime/include
//     --no-entry -sMODULARIZE -sEXPORT_ES6 --js-library rouse/dist/rouse_glue.js -o app.mjs
//
//   const module = await createApp();
//   const code = await module.rouse.run(['arguments']);     // module.rouse.cancel() ends it with 130
//
// A program that uses rouse_stdin or rouse_stdout links wasm/js/js_fds.c and wasm/js/js_waiting.c as well, and reads
// what `run(args, { stdin })` gives it: text, bytes, or anything that gives pieces of them, such as an async
// generator. (createApp's own `stdin` is Emscripten's, for stdio.h.)
addToLibrary({
  $RouseGlue: '=GLUE',

  $rouseCalls__deps: ['rouse_main', 'rouse_tick', 'rouse_cancel', 'malloc', '$stringToNewUTF8'],
  $rouseCalls: {
    main(args) {
      const texts = args.map((text) => stringToNewUTF8(text));
      const argv = _malloc(4 * (texts.length + 1));
      [...texts, 0].forEach((text, index) => (HEAPU32[(argv >>> 2) + index] = text));
      return _rouse_main(texts.length, argv);
    },
    tick: () => _rouse_tick(),
    cancel: () => _rouse_cancel(),
    stdinReady() {}, // until C reads
    report: (text) => err(text),
  },

  $rouse__deps: ['$RouseGlue', '$rouseCalls'],
  $rouse__postset: "Module['rouse'] = { run: rouse.run, cancel: rouse.cancel };",
  $rouse: '=new RouseGlue.Glue(rouseCalls)',

  rouse_host_wake__deps: ['$rouse'],
  rouse_host_wake: () => rouse.scheduler.wake(),
  rouse_host_now: () => performance.now(),
  rouse_host_wake_at__deps: ['$rouse'],
  rouse_host_wake_at: (delay) => rouse.scheduler.wakeAt(delay),
  rouse_host_slice_over__deps: ['$rouse'],
  rouse_host_slice_over: () => (rouse.scheduler.sliceOver() ? 1 : 0),
  rouse_host_text__deps: ['$UTF8ToString'],
  rouse_host_text: (at, length) => err(UTF8ToString(at, length).replace(/\n$/, '')),
  rouse_host_stdin__deps: ['$rouse', '$rouseCalls', 'rouse_stdin_ready'],
  rouse_host_stdin(at, size) {
    rouseCalls.stdinReady = () => _rouse_stdin_ready();
    const some = rouse.read(size >>> 0);
    if (!some) return -1;
    HEAPU8.set(some, at >>> 0);
    return some.length;
  },
  rouse_host_done__deps: ['$rouse'],
  rouse_host_done: (code) => rouse.done(code),
});
