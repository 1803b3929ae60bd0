// One preset: configure, build, test. Results are counted from ctest's own report.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { lastLines, root, run, which } from './process.mjs';
import { runBatch } from './batch.mjs';

const jobs = availableParallelism();
// A fifth less work than make, which starts itself for each of hundreds of programs. A folder keeps what made it.
const ninja = which('ninja') ? { CMAKE_GENERATOR: 'Ninja' } : {};

function cmake(args, { env = {}, through = [] }) {
  const [command, ...rest] = [...through, 'cmake', ...args];
  const generator = through.length > 0 ? {} : ninja; // elsewhere there may be none
  return run(command, rest, { env: { ...generator, ...env } });
}

export const configure = (preset, options = {}) => cmake(['--preset', preset], options);

/** Throws with the tail of the log when a step fails. `through` runs cmake elsewhere (tools/newest). */
export async function build(preset, options = {}) {
  const steps = [
    () => configure(preset, options),
    () => cmake(['--build', '--preset', preset, '--parallel', String(jobs)], options),
  ];
  for (const step of steps) {
    const { code, output } = await step();
    if (code !== 0) throw new Error(`building ${preset} failed\n${lastLines(output)}`);
  }
}

function count(xml, name) {
  return Number(xml.match(new RegExp(`<testsuite[^>]*\\b${name}="(\\d+)"`))?.[1] ?? 0);
}

/** The skipped tests of a report, by name. */
function skippedNames(xml) {
  const cases = xml.split('<testcase ').slice(1);
  return cases
    .filter((text) => text.includes('status="notrun"') || text.includes('<skipped'))
    .map((text) => text.match(/name="([^"]*)"/)[1]);
}

function failuresOnly(output) {
  return output
    .split('\n')
    .filter((line) => line.trim() && !/^ *Start +\d|   Passed  /.test(line))
    .join('\n');
}

/** Whether tools/batch.mjs runs a test of ctest's. */
const isBatched = ({ properties }) =>
  properties.some(({ name, value }) => name === 'LABELS' && value.includes('batch'));

/** Those that ctest runs itself. */
async function runOthers(preset, args, env) {
  const report = `${root}/build/${preset}/report.xml`;
  rmSync(report, { force: true });
  // Most of them wait for a program: twice as many as there are cores.
  const more = ['--parallel', String(2 * jobs), '--output-junit', report];
  const { output } = await run('ctest', ['--preset', preset, ...more, ...args], { env });
  let xml;
  try {
    xml = readFileSync(report, 'utf8');
  } catch {
    return { passed: 0, failed: 1, skipped: [], log: output };
  }
  const failed = count(xml, 'failures');
  const skipped = skippedNames(xml);
  const passed = count(xml, 'tests') - failed - skipped.length;
  return { passed, failed, skipped, log: failed > 0 ? failuresOnly(output) : '' };
}

/** Runs the tests of a built preset, less those with one of the `labels`: { passed, failed, skipped: [names], log }. */
export async function test(preset, { without = [], env = {} } = {}) {
  const labels = (list) => (list.length > 0 ? ['-LE', `^(${list.join('|')})$`] : []);
  const listed = await run('ctest', ['--preset', preset, '--show-only=json-v1', ...labels(without)], { env });
  const { tests } = JSON.parse(listed.output);
  const inBatch = await runBatch(tests.filter(isBatched), jobs);
  const others = await runOthers(preset, labels([...without, 'batch']), env);
  return {
    passed: inBatch.passed + others.passed,
    failed: inBatch.failed + others.failed,
    skipped: others.skipped,
    log: inBatch.log + others.log,
  };
}
