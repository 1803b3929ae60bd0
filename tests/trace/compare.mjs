// Compares the trace of a program of this folder with golden/NAME.txt, one event a line. What no two
// hosts have in common is masked: addresses become a1, a2... in the order they are seen, sizes become _,
// and so do the lines of the runtime's own sources.
// `node tests/trace/compare.mjs [--write] NAME COMMAND...`; the target `goldens` writes them all anew.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Not before it is needed: who imports us may be about to compile it.
const ours = async () => ({
  ...(await import('../../dist/trace/trace-check.js')),
  ...(await import('../../dist/trace/trace-file.js')),
});
const goldenOf = (name) => fileURLToPath(new URL(`golden/${name}.txt`, import.meta.url));
const addresses = new Set(['addr', 'op']);
const sizes = new Set(['size', 'live', 'peak']);
const leftOut = new Set(['seq', 't', 'task', 'end', 'src', 'status']); // res says what status does
const DONE = 0x7fffffff;

/** The trace as lines, the same on every host. */
function compact(file, name, kindOf) {
  const seen = new Map();
  const numbered = (address) => {
    if (!seen.has(address)) seen.set(address, `a${seen.size + 1}`);
    return seen.get(address);
  };
  const lineOf = (event) => {
    const { seq, t, task, end, src } = event.args;
    const where = src?.split('/').at(-1).split(':')[0];
    const own = where === `${name}.c`;
    const masked = (key, value) => {
      if (addresses.has(key)) return numbered(value);
      if (value === DONE) return 'done';
      const isLine = (key === 'from' || key === 'to') && value > 1 && value < DONE - 2;
      return sizes.has(key) || (isLine && !own) ? '_' : value;
    };
    const words = Object.entries(event.args)
      .filter(([key]) => !leftOut.has(key) || (key === 'status' && !event.args.res))
      .map(([key, value]) => `${key}=${masked(key, value)}`);
    const range = end === undefined ? seq : `${seq}-${end}`;
    return [range, `${t}ms`, `task ${task}`, kindOf(event), ...words, ...(where ? [where] : [])].join(' ');
  };
  const events = file.traceEvents.filter(({ ph }) => ph !== 'M' && ph !== 'f');
  return `${events.map(lineOf).join('\n')}\n`;
}

const firstDifference = (got, expected) => {
  const [lines, wanted] = [got.split('\n'), expected.split('\n')];
  const at = lines.findIndex((line, index) => line !== wanted[index]);
  return at < 0 ? undefined : `line ${at + 1}:\n  expected ${wanted[at] ?? 'the end'}\n  got      ${lines[at]}`;
};

/** Why what a program printed is not its golden trace; undefined if it is. */
export async function traceComplaint(name, stdout) {
  const { checkTrace, kindOf, parseTrace } = await ours();
  let file;
  try {
    file = parseTrace(stdout);
  } catch (error) {
    return `${name}: ${error.message}`;
  }
  const [problem] = checkTrace(file);
  if (problem) return `${name}: event ${problem.index}: ${problem.rule}: ${problem.message}`;
  if (file.otherData.lost > 0) return `${name}: the ring is too small`;
  if (!existsSync(goldenOf(name))) return `${name}: no golden/${name}.txt`;
  const got = compact(file, name, kindOf);
  const expected = readFileSync(goldenOf(name), 'utf8');
  return firstDifference(got, expected) ?? firstDifference(expected, got);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const write = args[0] === '--write' && args.shift();
  const [name, command, ...rest] = args;
  const { stdout, stderr, status } = spawnSync(command, rest, { encoding: 'utf8', maxBuffer: 1 << 26 });
  const { kindOf, parseTrace } = await ours();
  if (write && status === 0) writeFileSync(goldenOf(name), compact(parseTrace(stdout), name, kindOf));
  const why = status === 0 ? await traceComplaint(name, stdout) : `${name} ended with ${status}: ${stderr}`;
  if (why) console.error(why);
  process.exit(why ? 1 : 0);
}
