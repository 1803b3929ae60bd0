// npm run bench [-- [--host HOST] [--write] [FILTER]]: our benchmarks next to their peers, and the goals.
//   --host   native, wasmtime, node or chromium (several times for several); default: all that are here
//   FILTER   only the groups that have a benchmark whose name contains it: yield, timer, mem, ...
//   --write  put the reports into docs/performance.md as well: of whole runs only
//   ROUNDS   whole runs, ours and each peer in turn; the best of them counts (default 2)
// Exits with 1 when a goal is missed by more than the noise of such a machine explains.
import { closeSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { goalsOf, groups } from './bench-goals.mjs';
import { buildOurs, hosts, lacks } from './bench-hosts.mjs';
import { nativePeers, scriptPeers, wasmPeers } from './bench-peers.mjs';
import { judge, report, writeInto } from './bench-report.mjs';
import { root, run } from './process.mjs';

const { values, positionals } = parseArgs({
  options: { host: { type: 'string', multiple: true }, write: { type: 'boolean' } },
  allowPositionals: true,
});
const filter = positionals[0] ?? '';
const rounds = Number(process.env.ROUNDS) || 2;
const say = (text) => process.stderr.write(`${text}\n`);

/** The row a line of output belongs to: one name for the same thing in every peer. */
function rowOf(name, count, suffix) {
  const row = name.replace(/^floor_/, '') + (suffix ?? '');
  if (!row.startsWith('mem_')) return row;
  return `${row}_${count === '1000000' ? '1m' : `${Number(count) / 1000}k`}`;
}

/** Runs one program and keeps the best figure of each cell. */
async function measure(cells, host, who, program, args, group) {
  const { out, error } = await host.run(program, args, group.env);
  if (error) say(`  ${who} failed: ${error}`);
  for (const line of out.split('\n')) {
    const [label, count, value] = line.split('\t');
    if (!Number.isFinite(Number(value))) continue;
    const [name, by = who] = label.split(' ').reverse(); // one program may measure several peers
    const row = rowOf(name, count, group.suffix);
    const found = (cells[row] ??= {});
    found[by] = Math.min(found[by] ?? Infinity, Number(value));
  }
}

/** The argument lists with which a program is run for a group; `own`: true, or a filter of its own. */
function argumentsOf(group, own, { kind }) {
  if (group.kind && kind !== 'js') return ['100000', '1000000'].map((count) => [group.kind, count]);
  if (own === 'all' || own === '') return [[]];
  return [[own === true ? (group.kind ?? group.filter) : own]];
}

/** Programs that copy stdin to stdout, a file to the null device: ns per KiB, by our own clock. */
async function measureFeed(cells, host, group, ours) {
  const path = `${root}/build/bench-feed`;
  writeFileSync(path, '');
  truncateSync(path, group.bytes); // no disk is used
  const found = (cells[group.feeds] ??= {});
  for (const [who, program] of [
    ['plain', `plain_${group.program}`],
    ['rouse', group.program],
  ]) {
    const stdio = [openSync(path), openSync('/dev/null', 'w'), 'pipe'];
    const start = process.hrtime.bigint();
    const { error } = await host.run({ kind: 'ours', path: ours(program) }, [], {}, { stdio });
    const ns = Number(process.hrtime.bigint() - start);
    stdio.slice(0, 2).forEach(closeSync);
    if (error) say(`  ${who} failed: ${error}`);
    else found[who] = Math.min(found[who] ?? Infinity, ns / (group.bytes / 1024));
  }
  rmSync(path);
}

async function measureGroup(cells, host, group, ours, peers) {
  if (group.feeds) return measureFeed(cells, host, group, ours);
  const programs = [['rouse', { kind: group.kindOfOurs ?? 'ours', path: ours(group.program) }, true]];
  for (const [peer, own] of Object.entries(group.peers))
    if (peers[peer] && !peers[peer].missing) programs.push([peer, peers[peer], own]);
  for (const [who, program, own] of programs)
    for (const args of argumentsOf(group, own, program)) await measure(cells, host, who, program, args, group);
}

/** The groups of a host that the filter selects: those of whose rows a goal or our output speaks. */
function groupsOf(name) {
  const rows = goalsOf(name).map((goal) => goal.row);
  const speaks = (group) => {
    const mine = rows.filter((row) => row.includes(group.kind ?? group.program));
    return [group.program, group.filter, group.kind, ...mine].some((text) => text?.includes(filter));
  };
  const runsHere = ({ env, on }) => (on ? on.includes(name) : !env || name === 'native');
  return groups.filter((group) => runsHere(group) && speaks(group));
}

async function peersOf(name) {
  if (name === 'native') return nativePeers();
  return { ...wasmPeers(), ...(name === 'wasmtime' ? {} : scriptPeers()) };
}

async function describeMachine() {
  const version = async (command, ...args) => {
    const { code, output } = await run(command, args);
    return code === 0 ? output.split('\n')[0] : undefined;
  };
  const tools = [version('gcc', '--version'), version('rustc', '--version'), version('go', 'version')];
  const known = (await Promise.all(tools)).filter(Boolean);
  return `${cpus().length} x ${cpus()[0].model.trim()}; ${known.join('; ')}`;
}

/** Measures, prints and judges one host. True if a goal was missed. */
async function benchHost(name) {
  const host = hosts[name];
  const chosen = groupsOf(name);
  if (chosen.length === 0) throw new Error(`no benchmark has "${filter}" in its name`);
  say(`${name}: building ours and the peers`);
  const ours = await buildOurs(host);
  const peers = await peersOf(name);
  for (const [peer, { missing }] of Object.entries(peers)) if (missing) say(`  left out: ${peer}: ${missing}`);
  const cells = {};
  for (let round = 1; round <= rounds; round++)
    for (const group of chosen) {
      say(`${name}, round ${round} of ${rounds}: ${group.kind ?? group.program}${group.suffix ?? ''}`);
      await measureGroup(cells, host, group, ours, peers);
    }
  const verdicts = judge(goalsOf(name), cells);
  const text = report(cells, verdicts);
  console.log(`\n### ${name}\n\n${text}`);
  if (values.write) writeInto(`${root}/docs/performance.md`, name, text);
  return verdicts.some((verdict) => verdict.fails);
}

async function main() {
  const wanted = values.host ?? Object.keys(hosts);
  const unknown = wanted.find((name) => !hosts[name]);
  if (unknown) throw new Error(`no host "${unknown}": ${Object.keys(hosts).join(', ')}`);
  console.log(`${await describeMachine()}; best of ${rounds} rounds`);
  if (values.write && filter) throw new Error('--write is for whole runs, not for a filter');
  let missed = false;
  for (const name of wanted) {
    const tool = await lacks(hosts[name]);
    if (tool) say(`left out: ${name}: needs ${tool} (npm test installs it)`);
    const falls = tool ? Boolean(values.host) : await benchHost(name);
    missed ||= falls;
  }
  process.exitCode = missed ? 1 : 0;
}

await main();
