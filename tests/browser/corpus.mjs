// The C corpus in a page: every module is loaded and run in a browser, and its output and exit code
// compared. As a command: `node tests/browser/corpus.mjs build/wasi-js [chromium | firefox | webkit]`.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runInPage } from './harness.mjs';
import { complaint, parseArguments } from '../support/expect.mjs';
import { traceComplaint } from '../trace/compare.mjs';

/** How a test of ctest's runs its module, and what it wants of it; undefined for what is not for a page. */
function understand({ name, command }) {
  if (/^(unit|coming_from)\./.test(name)) {
    const [, , path, ...args] = command;
    return { name, path, args };
  }
  if (name.startsWith('example.')) {
    const { expected, command: whole } = parseArguments(command.slice(2));
    return { name, path: whole[2], args: whole.slice(3), expected };
  }
  if (!name.startsWith('trace.')) return undefined;
  const [, , trace, , , path, ...args] = command;
  return { name, path, args, trace };
}

/** The unit tests, examples and traced programs of a build folder. */
export function findModules(folder) {
  const list = execFileSync('ctest', ['--test-dir', folder, '--show-only=json-v1'], { encoding: 'utf8' });
  return JSON.parse(list).tests.map(understand).filter(Boolean);
}

/** Why this is not what was expected; undefined if it is. */
function complaintOf({ expected, trace }, result) {
  if (!result) return 'was not run';
  const said = `${result.stdout}${result.stderr}`;
  if (result.error) return `${result.error}\n${said}`;
  if (expected) return complaint(expected, result);
  if (result.code !== 0) return `exit ${result.code}\n${said}`;
  return trace && traceComplaint(trace, result.stdout);
}

/** `modules`: {name, path, args, expected, trace}; if nothing is expected, the code is 0 and stdout is anything. */
export async function testInBrowser(browser, modules, options) {
  const { results, problem } = await runInPage(browser, modules, options);
  const byIndex = new Map(results.map((result) => [result.index, result]));
  const judged = modules.map(async (module, index) => [module.name, await complaintOf(module, byIndex.get(index))]);
  const bad = (await Promise.all(judged)).filter(([, why]) => why !== undefined);
  const log = bad.map(([name, why]) => `${name}: ${why}`.trimEnd());
  if (problem) log.push(`${browser}: ${problem}`);
  const failed = bad.length + (problem && bad.length === 0 ? 1 : 0);
  return { passed: modules.length - bad.length, failed, skipped: [], log: log.join('\n') };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, browser = 'chromium'] = process.argv.slice(2);
  if (!folder || !existsSync(folder)) {
    console.error('usage: node tests/browser/corpus.mjs FOLDER [BROWSER]; FOLDER holds built *.wasm files');
    process.exit(2);
  }
  const { passed, failed, log } = await testInBrowser(browser, findModules(folder));
  if (log) console.log(log);
  console.log(`${passed} passed, ${failed} failed in ${browser}`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}
