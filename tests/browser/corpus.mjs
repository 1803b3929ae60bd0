// The C corpus in a page: every module is loaded and run in a browser, and its output and exit code
// compared. As a command: `node tests/browser/corpus.mjs build/wasi-js [chromium | firefox | webkit]`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInPage } from './harness.mjs';
import { traceComplaint } from '../trace/compare.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the comments of a source say: the same words as tests/support/expect.cmake reads. */
function expectations(source) {
  const lines = readFileSync(source, 'utf8').matchAll(/^ *\/\/ (expect|exit|args): ?(.*)$/gm);
  const found = { args: [], code: 0, stdout: '' };
  for (const [, word, text] of lines) {
    if (word === 'expect') found.stdout += `${text}\n`;
    else if (word === 'exit') found.code = Number(text);
    else found.args = text.split(' ').filter(Boolean);
  }
  return found;
}

/** One entry per TEST of a unit test's file: as for ctest, each has an instance of its own. */
function unitTests(stem, path) {
  const source = join(root, 'tests/unit', `${stem.slice('unit_'.length)}.c`);
  if (!existsSync(source)) return []; // a test that is gone, in a build folder that is not new
  const tests = readFileSync(source, 'utf8').matchAll(/^TEST\(([a-z0-9_]+)\)/gm);
  return [...tests].map(([, test]) => ({ name: `${stem}.${test}`, path, args: [test], code: 0 }));
}

/** The unit tests, examples and traced programs under `folder`. */
export function findModules(folder) {
  const paths = readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith('.wasm'))
    .map((path) => join(folder, path))
    .sort();
  return paths.flatMap((path) => {
    const stem = basename(path, '.wasm');
    if (stem.startsWith('unit_')) return unitTests(stem, path);
    if (stem.startsWith('trace_')) return [{ name: stem, path, trace: stem.slice('trace_'.length) }];
    const source = join(root, 'examples', `${stem}.c`);
    return existsSync(source) ? [{ name: stem, path, ...expectations(source) }] : [];
  });
}

/** Why this is not what was expected; undefined if it is. */
function complaint({ code = 0, stdout, trace }, result) {
  if (!result) return 'was not run';
  const said = `${result.stdout}${result.stderr}`;
  if (result.error) return `${result.error}\n${said}`;
  if (result.code !== code) return `exit ${result.code}, expected ${code}\n${said}`;
  if (stdout !== undefined && result.stdout !== stdout)
    return `expected:\n${stdout}\ngot:\n${result.stdout}${result.stderr}`;
  return trace && traceComplaint(trace, result.stdout);
}

/** `modules`: {name, path, args, code, stdout, trace}; if not given, code is 0 and stdout is anything. */
export async function testInBrowser(browser, modules, options) {
  const { results, problem } = await runInPage(browser, modules, options);
  const byIndex = new Map(results.map((result) => [result.index, result]));
  const judged = modules.map(async (module, index) => [module.name, await complaint(module, byIndex.get(index))]);
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
