// npm run bench:setup: builds every peer of the benchmarks, and installs what that needs (on Debian, as
// root). What cannot be had is named; the benchmarks run without it.
import { buildWasmPeers, nativePeers } from './bench-peers.mjs';

let missing = 0;
async function step(title, build) {
  console.log(title);
  for (const [peer, built] of Object.entries(await build())) {
    console.log(built.missing ? `  left out: ${peer}: ${built.missing}` : `  ${peer}`);
    missing += built.missing ? 1 : 0;
  }
}

await step('native peers', nativePeers);
await step('wasm peers (the first time, tools/newest makes a Debian tree for them)', buildWasmPeers);
process.exitCode = missing > 0 ? 1 : 0;
