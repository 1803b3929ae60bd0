npm install rouse
R=node_modules/rouse
emcc app.c $R/runtime/src/*/*.c $R/wasm/js/js_{host,fds,waiting}.c -DROUSE_JS -I$R/runtime/include \
  -Oz --no-entry -sMODULARIZE -sEXPORT_ES6 --js-library $R/wasm/emscripten/rouse_glue.js -o app.mjs
node main.js
