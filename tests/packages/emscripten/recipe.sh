npm install rouse
R=node_modules/rouse
emcc app.c $R/runtime/src/*/*.c $R/wasm/js/js_host.c $R/wasm/js/js_fds.c $R/wasm/js/js_waiting.c -DROUSE_JS -I$R/runtime/include \
  -Oz --no-entry -sMODULARIZE -sEXPORT_ES6 --js-library $R/dist/rouse_glue.js -o app.mjs
node main.js
