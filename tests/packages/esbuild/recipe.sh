npm install rouse
npx esbuild main.js --bundle --format=esm --minify --outfile=dist/main.js
cp node_modules/rouse/dist/rouse.wasm dist/
