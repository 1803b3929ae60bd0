// The tests of the JavaScript host and of the page's pure parts, by Jest, counted like all others.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { root, run } from './process.mjs';
import { buildSite } from './web.mjs';

const report = `${root}/build/jest.json`;

export async function testJavaScript() {
  const result = { passed: 0, failed: 1, skipped: [], log: '' };
  for (const project of ['.', 'web']) {
    const compiled = await run('npx', ['tsc', '-p', project]);
    if (compiled.code !== 0) return { ...result, log: compiled.output };
  }
  // In a fresh clone each compiles C for a minute on one core: the lessons, which are tested, too, and the tests'
  // programs, of whose failures Jest tells.
  await Promise.all([buildSite(), run(process.execPath, ['tests/js/compile.mjs'])]);
  mkdirSync(`${root}/build`, { recursive: true });
  rmSync(report, { force: true });
  const jest = ['node_modules/jest/bin/jest.js', '-c', 'tests/js/jest.config.mjs'];
  const args = ['--experimental-vm-modules', ...jest, '--json', `--outputFile=${report}`];
  const { output } = await run(process.execPath, args);
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    result.passed = counts.numPassedTests;
    result.failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
    result.skipped = Array(counts.numPendingTests).fill('a Jest test marked to be skipped');
  } catch {
    result.log = output;
  }
  return result.failed > 0 ? { ...result, log: output } : result;
}
