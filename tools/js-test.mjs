// The tests of the JavaScript host and of the page's pure parts, by Jest, counted like all others.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { root, run } from './process.mjs';
import { builtSite } from './web.mjs';

const report = `${root}/build/jest.json`;

export async function testJavaScript() {
  const result = { passed: 0, failed: 1, skipped: [], log: '' };
  const { default: compilePrograms } = await import('../tests/js/compile.mjs'); // not before the packages are installed
  await Promise.all([builtSite(), compilePrograms()]); // all that the tests load is there, and of today
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
