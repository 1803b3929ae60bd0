// npm run bench:setup: builds every peer of the benchmarks, and installs what that needs (on Debian, as
// root). What cannot be had is named; the benchmarks run without it.
import { buildWasmPeers, nativePeers } from './bench-peers.mjs';
import { setUp } from './setup.mjs';

let missing = 0;
async function step(title, build) {
  console.log(title);
  for (const [peer, built] of Object.entries(await build())) {
    console.log(built.missing ? `  left out: ${peer}: ${built.missing}` : `  ${peer}`);
    missing += built.missing ? 1 : 0;
  }
}

await step('native peers', nativePeers);
await setUp(['newest']);
await step('wasm peers', buildWasmPeers);
process.exitCode = missing > 0 ? 1 : 0;
