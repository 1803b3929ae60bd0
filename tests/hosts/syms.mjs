// The imports and exports of a module against reviewed lists:
//   `node syms.mjs HOST TOOLCHAIN MODULE... [--files MODULE...]`
//   wasm/HOST/HOST_host.syms             every env.rouse_* import and rouse_* export of the host, exactly
//   wasm/wasi/wasi.TOOLCHAIN.syms        the WASI names its libc may import
//   wasm/wasi/wasi.TOOLCHAIN.files.syms  what modules behind --files import besides, exactly
import { readFileSync } from 'node:fs';

const [host, toolchain, ...modules] = process.argv.slice(2);
const list = (name) =>
  new Set(
    readFileSync(new URL(`../../wasm/${name}`, import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#')),
  );
const ours = list(`${host}/${host}_host.syms`);
const allowed = list(`wasi/wasi.${toolchain}.syms`);
const filesAt = modules.indexOf('--files');
const ofFiles = filesAt < 0 ? new Set() : list(`wasi/wasi.${toolchain}.files.syms`);
const problems = [];
const seen = new Set();

for (const [at, path] of modules.entries()) {
  if (at === filesAt) continue;
  const mayUseFiles = filesAt >= 0 && at > filesAt;
  const module = new WebAssembly.Module(readFileSync(path));
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const line = `import ${from}.${name}`;
    if (from === 'wasi_snapshot_preview1' || !name.startsWith('rouse_')) {
      if (mayUseFiles && ofFiles.has(line)) seen.add(line);
      else if (!allowed.has(line)) problems.push(`${path}: ${line} is not in wasi.${toolchain}.syms`);
    } else {
      seen.add(line);
      if (!ours.has(line)) problems.push(`${path}: ${line} is not in ${host}_host.syms`);
    }
  }
  for (const { name } of WebAssembly.Module.exports(module)) {
    if (!/^rouse_(?!export_|import_)/.test(name)) continue; // those are the program's own
    seen.add(`export ${name}`);
    if (!ours.has(`export ${name}`)) problems.push(`${path}: export ${name} is not in the list`);
  }
}
for (const line of [...ours, ...ofFiles]) if (!seen.has(line)) problems.push(`no module has: ${line}`);
console.log(problems.length ? problems.join('\n') : `${seen.size} names, as listed`);
process.exitCode = problems.length ? 1 : 0;
