// Runs the program of all tests (tests/support/test.c) and hears of each.
import { run } from './process.mjs';

/** Both outputs through one pipe: a piece of the one must not come into the middle of a line of the other. */
const runMerged = (command, args) => run('sh', ['-c', 'exec "$0" "$@" 2>&1', command, ...args]);

/** Reads what it says into `heard`: name -> undefined, or why it failed. */
function hear(output, heard) {
  let text = '';
  let current;
  for (const line of output.split('\n')) {
    const [, verdict, name] = /^(test|ok|not ok) (\w+\.[\w.]+)$/.exec(line) ?? [];
    if (verdict === 'test') [current, text] = [name, ''];
    else if (verdict && name === current) {
      heard.set(name, verdict === 'ok' ? undefined : text);
      current = undefined;
    } else text += `${line}\n`;
  }
  if (current) heard.set(current, `${text}the program ended`);
}

/** One of `step` programs that share the work. One that a failing test ended begins again behind it. */
async function runShare([command, ...args], first, step, heard) {
  for (let from = first; ;) {
    const share = new Map();
    const { output } = await runMerged(command, [...args, '--from', String(from), '--step', String(step)]);
    hear(output, share);
    for (const [name, why] of share) heard.set(name, why);
    if (/^\d+ ran, \d+ failed$/m.test(output)) return;
    if (share.size === 0) throw new Error(`${command} ${args.join(' ')}: ${output}`);
    from += share.size * step;
  }
}

/** Those with `word` in their names: a map from name to undefined, or why it failed. */
export async function runMatching([command, ...args], word) {
  const heard = new Map();
  const { output } = await runMerged(command, [...args, '--with', word]);
  hear(output, heard);
  return heard;
}

/** `tests`: [{ name, program }]. Tells of each: tell(name, undefined or why it failed). */
export async function runTests(tests, jobs, tell) {
  const programs = new Map(tests.map(({ program }) => [program.join('\0'), program]));
  const heard = new Map();
  const shares = Array.from({ length: jobs }, (_, i) => i);
  for (const program of programs.values()) await Promise.all(shares.map((i) => runShare(program, i, jobs, heard)));
  for (const { name } of tests) tell(name, heard.has(name) ? heard.get(name) : 'was not heard of');
}
