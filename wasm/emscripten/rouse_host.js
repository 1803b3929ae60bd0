// Names our imports for Emscripten's linker, which refuses to leave unknown ones undefined. A
// standalone module gets the real functions from wasm/js; these bodies are never part of it.
mergeInto(LibraryManager.library, {
  rouse_host_wake: function () {},
  rouse_host_now: function () {},
  rouse_host_wake_at: function () {},
  rouse_host_text: function () {},
  rouse_host_slice_over: function () {},
  rouse_host_done: function () {},
  rouse_host_stdin: function () {},
  rouse_host_call: function () {},
  rouse_host_cancel: function () {},
  rouse_host_reason: function () {},
  rouse_host_handle: function () {},
  rouse_host_settled: function () {},
  rouse_host_item: function () {},
  random_get: function () {}, // of WASI; this Emscripten does not know it
  // of wasm/builtin
  rouse_host_frame: function () {},
  rouse_host_frame_end: function () {},
  rouse_host_wait: function () {},
  rouse_host_wait_end: function () {},
  rouse_host_root_end: function () {},
});
