// Names our imports for Emscripten's linker, which refuses to leave unknown ones undefined. A
// standalone module gets the real functions from wasm/js; these bodies are never part of it.
mergeInto(LibraryManager.library, {
  rouse_host_wake: function () {},
  rouse_host_now: function () {},
  rouse_host_wake_at: function () {},
  rouse_host_text: function () {},
  rouse_host_slice_over: function () {},
  rouse_host_done: function () {},
});
