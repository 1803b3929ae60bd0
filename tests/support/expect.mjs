// Runs a program and compares it with what the comments of its source say:
//   // expect: LINE    stdout is exactly these lines, in this order
//   // always: LINE    its lines hang on the time it takes: on a host with a clock of its own, only these are
//                      sure, in this order; on the virtual clock all of `expect` are
//   // stderr: TEXT    stderr contains TEXT
//   // trap: TEXT      the program ends abnormally and stderr contains TEXT
//   // exit: N         the exit code (0 without it)
//   // args: A B       its arguments
// `node expect.mjs SOURCE COMMAND...`; `--virtual` is an argument of a command that runs on the virtual clock.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a source says: { args, code, stdout, always, stderr, traps }. */
export function expectations(source) {
  const found = { args: [], code: 0, stdout: '', always: [], stderr: [], traps: false };
  const lines = readFileSync(source, 'utf8').matchAll(/^ *\/\/ (expect|always|stderr|trap|exit|args): ?(.*)$/gm);
  for (const [, word, text] of lines) {
    if (word === 'expect') found.stdout += `${text}\n`;
    else if (word === 'exit') found.code = Number(text);
    else if (word === 'args') found.args = text.split(' ').filter(Boolean);
    else if (word === 'always') found.always.push(text);
    else found.stderr.push(text);
    found.traps ||= word === 'trap';
  }
  return found;
}

/** The first of `wanted` that is not among `lines` after the one before it. */
function missingLine(lines, wanted) {
  let from = 0;
  for (const line of wanted) {
    from = lines.indexOf(line, from) + 1;
    if (from === 0) return line;
  }
  return undefined;
}

/** Why { code, stdout, stderr } is not what was expected; undefined if it is. */
export function complaint(expected, { code, stdout, stderr }) {
  const said = `${stdout}${stderr}`;
  if (expected.traps && (code === 0 || code === 1)) return `expected a trap, got exit ${code}\n${said}`;
  if (!expected.traps && code !== expected.code) return `expected exit ${expected.code}, got ${code}\n${said}`;
  const missing = missingLine(stdout.split('\n'), expected.always);
  if (missing !== undefined) return `stdout lacks: ${missing}\ngot:\n${said}`;
  if (!expected.traps && expected.always.length === 0 && stdout !== expected.stdout)
    return `expected:\n${expected.stdout}\ngot:\n${said}`;
  const lacking = expected.stderr.find((text) => !stderr.includes(text));
  return lacking && `stderr lacks: ${lacking}\ngot:\n${stderr}`;
}

/** { code, stdout, stderr } of a command; the code is a signal's name if that ended it. */
export function runCommand([program, ...args], timeoutMs = 300_000) {
  return new Promise((resolve) => {
    const result = { code: 127, stdout: '', stderr: '' };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const alarm = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const end = (more) => (clearTimeout(alarm), resolve({ ...result, ...more }));
    for (const name of ['stdout', 'stderr']) child[name].on('data', (data) => (result[name] += data));
    child.on('error', (error) => end({ stderr: error.message }));
    child.on('close', (code, signal) => end({ code: code ?? signal }));
  });
}

/** What an expectation of ctest's is: the source, and the command that runs its program. */
export function parseArguments([source, ...command]) {
  const expected = expectations(source);
  if (command.includes('--virtual')) expected.always = [];
  return { expected, command: [...command, ...expected.args] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { expected, command } = parseArguments(process.argv.slice(2));
  const why = complaint(expected, await runCommand(command));
  if (why !== undefined) console.error(why);
  process.exitCode = why === undefined ? 0 : 1;
}
