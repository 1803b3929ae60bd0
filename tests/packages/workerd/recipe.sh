npm install rouse
npx esbuild main.js --bundle --format=esm --external:'*.wasm' --outfile=worker.js --log-level=warning
npx workerd test config.capnp
