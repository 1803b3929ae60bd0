// `node primitives.mjs [--write] PRESET NAME MODULE...`: what each primitive adds, in bytes, to a
// program that awaits nothing of the kind. The tools of Debian 12 stand still, so their figures are
// golden, but for the odd byte that a longer number takes; other tools have them as a bound.
import { readFileSync, statSync, writeFileSync } from 'node:fs';

const args = process.argv.slice(2);
const write = args[0] === '--write' && args.shift();
const [preset, ...modules] = args;
const golden = { wasi: 'wasi', emscripten: 'emscripten', 'emscripten-newest': 'emscripten' }[preset];
const exact = golden === preset;
const noise = 48;
const library = 450; // a memcpy, which the newest links where the frozen tools inline

const size = new Map();
for (let i = 0; i < modules.length; i += 2) size.set(modules[i], statSync(modules[i + 1]).size);
const nothing = size.get('nothing');
size.delete('nothing');

const file = new URL('primitives.txt', import.meta.url);
const lines = readFileSync(file, 'utf8').split('\n');
const linesOf = (name) => lines.filter((line) => line.startsWith(`${name} `));
const fresh = [...size].map(([name, bytes]) => `${preset} ${name} ${bytes - nothing}`);
if (write) {
  const others = lines.filter((line) => line && !line.startsWith(`${preset} `));
  writeFileSync(file, [...others, ...fresh, ''].join('\n'));
}

const known = new Map(linesOf(golden).map((line) => line.split(' ').slice(1)));
let wrong = 0;
for (const line of golden && !write ? fresh : []) {
  const [, name, bytes] = line.split(' ');
  const was = Number(known.get(name));
  const fits = exact ? Math.abs(bytes - was) <= noise : bytes <= was * 1.25 + noise + library;
  if (fits) continue;
  wrong++;
  console.log(`${line}, and not ${was || 'known'}`);
}
if (wrong > 0) console.log('if you mean it: add --write to this command, then node tools/docs-tables.mjs --write');
console.log(`${size.size} primitives`);
process.exitCode = wrong === 0 && size.size > 0 ? 0 : 1;
