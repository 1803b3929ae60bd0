// npm run bench [filter]: our native benchmarks next to their peers, and the goals.
//   filter   only the groups that have a benchmark whose name contains it: yield, timer, mem, ...
//   ROUNDS   whole runs, ours and each peer in turn; the best of them counts (default 2)
// Exits with 1 when a goal is missed by more than the noise of such a machine explains.
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goals, groups } from './bench-goals.mjs';
import { buildOurs, buildPeers, run, version } from './bench-peers.mjs';
import { judge, printGoals, printTable } from './bench-report.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const filter = process.argv[2] ?? '';
const rounds = Number(process.env.ROUNDS) || 2;
const TIMEOUT_MS = 180_000;

/** The row a line of output belongs to: one name for the same thing in every peer. */
function rowOf(name, count, suffix) {
  const row = name.replace(/^floor_/, '') + (suffix ?? '');
  if (!row.startsWith('mem_')) return row;
  return `${row}_${count === '1000000' ? '1m' : `${Number(count) / 1000}k`}`;
}

/** Runs one program and keeps the best figure of each cell. */
function measure(cells, who, program, args, group) {
  const env = { ...process.env, ...group.env };
  const done = run(program, args, { env, timeout: TIMEOUT_MS });
  if (!done.ok) process.stderr.write(`  ${who} failed: ${done.error}\n`);
  for (const line of done.out.split('\n')) {
    const [name, count, value] = line.split('\t');
    if (value === undefined) continue;
    const row = rowOf(name, count, group.suffix);
    const found = (cells[row] ??= {});
    found[who] = Math.min(found[who] ?? Infinity, Number(value));
  }
}

/** The argument lists with which a program is run for a group. */
function argumentsOf(group, own) {
  if (group.kind) return ['100000', '1000000'].map((count) => [group.kind, count]);
  if (own === 'all' || own === '') return [[]];
  return [[own === true ? group.filter : own]];
}

function measureGroup(cells, group, ours, peers) {
  const programs = [['rouse', join(ours, `bench_${group.program}`), true]];
  for (const [peer, own] of Object.entries(group.peers))
    if (peers[peer].program) programs.push([peer, peers[peer].program, own]);
  for (const [who, program, own] of programs)
    for (const args of argumentsOf(group, own)) measure(cells, who, program, args, group);
}

/** Which groups the filter selects: those of whose rows a goal or our own output speaks. */
function selected(group) {
  const names = goals.map((goal) => goal.row);
  const mine = names.filter((name) => name.includes(group.kind ?? group.program));
  return [group.program, group.filter, group.kind, ...mine].some((name) => name?.includes(filter));
}

function describeMachine() {
  const tools = [
    ['gcc', version('gcc')],
    ['rustc', version('rustc')],
    ['go', version('go', 'version')],
  ];
  const known = tools.filter(([, text]) => text).map(([, text]) => text);
  return `${cpus().length} x ${cpus()[0].model.trim()}; ${known.join('; ')}`;
}

function main() {
  const say = (text) => process.stderr.write(`${text}\n`);
  const chosen = groups.filter(selected);
  if (chosen.length === 0) throw new Error(`no benchmark has "${filter}" in its name`);
  say('building ours and the peers');
  const ours = buildOurs(root);
  const peers = buildPeers(join(root, 'tests/bench/peers'), join(root, 'build/bench-peers'));
  for (const [peer, built] of Object.entries(peers))
    if (built.missing) say(`  left out: ${peer}: ${built.missing}`);
  const cells = {};
  for (let round = 1; round <= rounds; round++)
    for (const group of chosen) {
      say(`round ${round} of ${rounds}: ${group.kind ?? group.program}${group.suffix ?? ''}`);
      measureGroup(cells, group, ours, peers);
    }
  console.log(`${describeMachine()}; best of ${rounds} rounds\n`);
  printTable(cells);
  const verdicts = judge(goals, cells);
  printGoals(verdicts);
  process.exitCode = verdicts.some((verdict) => verdict.fails) ? 1 : 0;
}

main();
