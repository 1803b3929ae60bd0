// `node node_wasi.mjs MODULE ARGS...`: runs a WASI program on Node's own engine, which is another one
// than wasmtime's, with oddities of its own (docs/hosts.md).
import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

const args = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args, preopens: { '.': '.' }, returnOnExit: true });
const module = await WebAssembly.compile(readFileSync(args[0]));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
