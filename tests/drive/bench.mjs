// `node bench.mjs CAT.wasm PLAIN.wasm [MEGABYTES]`: how long examples/programs/cat.c takes in wasmtime for so many
// megabytes, beside a plain loop of read and write (plain_cat.c) compiled the same way, in one run: in
// turns, the least of five. Exits 1 when cat takes more than 1.5 times as long.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [cat, plain, megabytes = '1000'] = process.argv.slice(2);
const wasmtime = process.env.ROUSE_WASMTIME;
const ROUNDS = 5;
const LIMIT = 1.5;
const place = mkdtempSync(join(tmpdir(), 'rouse-cat-'));
const big = join(place, 'big');
writeFileSync(big, Buffer.alloc(Number(megabytes) << 20, 'rouse '));

const ways = {
  'from a file': (module) => `"${wasmtime}" run "${module}" < "${big}" > /dev/null`,
  'through two pipes': (module) => `cat "${big}" | "${wasmtime}" run "${module}" | cat > /dev/null`,
};

function milliseconds(command) {
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

for (const [name, way] of Object.entries(ways)) {
  const least = { cat: Infinity, plain: Infinity };
  for (let round = 0; round < ROUNDS; round++) {
    least.plain = Math.min(least.plain, milliseconds(way(plain)));
    least.cat = Math.min(least.cat, milliseconds(way(cat)));
  }
  const ratio = least.cat / least.plain;
  console.log(`${megabytes} MB ${name}: cat ${least.cat.toFixed(0)} ms, plain loop ${least.plain.toFixed(0)} ms, ${ratio.toFixed(2)}`);
  if (ratio > LIMIT) process.exitCode = 1;
}
rmSync(place, { recursive: true });
