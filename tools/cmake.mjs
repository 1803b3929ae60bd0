// One preset: configure, build, test. Results are counted from ctest's own report.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { lastLines, root, run, which } from './process.mjs';
import { findWasmTests, runsModule, runWasmTests } from './wasm-tests.mjs';

const jobs = String(availableParallelism());
// A fifth less work than make, which starts itself for each of hundreds of programs. A folder keeps what made it.
const ninja = which('ninja') ? { CMAKE_GENERATOR: 'Ninja' } : {};

/** Throws with the tail of the log when a step fails. `through` runs cmake elsewhere (tools/newest). */
export async function build(preset, { env = {}, through = [] } = {}) {
  for (const args of [
    ['--preset', preset],
    ['--build', '--preset', preset, '--parallel', jobs],
  ]) {
    const [command, ...rest] = [...through, 'cmake', ...args];
    const generator = through.length > 0 ? {} : ninja; // elsewhere there may be none
    const { code, output } = await run(command, rest, { env: { ...generator, ...env } });
    if (code !== 0) throw new Error(`cmake ${args.join(' ')} failed\n${lastLines(output)}`);
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

/** Runs every test of a built preset: { passed, failed, skipped: [names], log }. */
export async function test(preset, { args = [], env = {} } = {}) {
  const report = `${root}/build/${preset}/report.xml`;
  mkdirSync(`${root}/build/${preset}`, { recursive: true });
  rmSync(report, { force: true });
  const inWorkers = await findWasmTests(preset);
  const modules = await runWasmTests(inWorkers, Number(jobs));
  const others = inWorkers.length > 0 ? ['-E', runsModule] : [];
  const ctest = ['--preset', preset, '--parallel', jobs, '--output-junit', report, ...args, ...others];
  const { output } = await run('ctest', ctest, { env });
  let xml;
  try {
    xml = readFileSync(report, 'utf8');
  } catch {
    return { passed: 0, failed: 1, skipped: [], log: output };
  }
  const failed = count(xml, 'failures');
  const skipped = skippedNames(xml);
  const passed = count(xml, 'tests') - failed - skipped.length;
  const log = modules.log + (failed > 0 ? failuresOnly(output) : '');
  return { passed: passed + modules.passed, failed: failed + modules.failed, skipped, log };
}
