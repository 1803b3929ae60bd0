// `npm test`: installs what is missing, runs every suite on every build, and counts.
// `npm test -- NAME...`: only the suites with one of these in their names.
import { build, test } from './cmake.mjs';
import { coverage } from './coverage.mjs';
import { testDocs } from './docs-test.mjs';
import { testJavaScript } from './js-test.mjs';
import { lastLines, root } from './process.mjs';
import { setUp, tools } from './setup.mjs';
import { compileScripts } from './web.mjs';
import { testAxe } from '../tests/browser/axe.mjs';
import { findModules, testInBrowser } from '../tests/browser/corpus.mjs';
import { testWithout } from '../tests/browser/denied.mjs';
import { testDevtools } from '../tests/browser/devtools.mjs';
import { testEdit } from '../tests/browser/edit.mjs';
import { testFiles } from '../tests/browser/files.mjs';
import { testGoals } from '../tests/browser/goals.mjs';
import { testHonesty } from '../tests/browser/honesty.mjs';
import { testJavaScriptIn } from '../tests/browser/jest.mjs';
import { testLayout } from '../tests/browser/layout.mjs';
import { browsers } from '../tests/browser/open.mjs';
import { testPage } from '../tests/browser/page.mjs';
import { testPerfetto } from '../tests/browser/perfetto.mjs';
import { testSame } from '../tests/browser/same.mjs';
import { testScrub } from '../tests/browser/scrub.mjs';
import { testStops } from '../tests/browser/stops.mjs';
import { testTerminal, testTerminalAxe } from '../tests/browser/terminal.mjs';
import { testTimes } from '../tests/browser/times.mjs';
import { testPackages } from '../tests/packages/packages.mjs';

const presets = [
  'native-debug',
  'native-release',
  'native-checked',
  'native-asan',
  'native-hostile',
  'native-tsan',
  'native-nomalloc',
];

// One for each toolchain, and the tool that it needs.
const forJavaScript = [
  ['wasi-js', 'wasi'],
  ['npm-clang'],
  ['emscripten', 'emscripten'],
  ['emscripten-newest', 'newest'],
];
const building = ['cmake', 'make'];

// What does not depend on the build (diagnostics, headers, consumers) runs with the first preset only.
const once = ['-LE', 'any-build'];

async function runPreset(preset, options) {
  await build(preset, options);
  return test(preset, { ...options, args: preset === presets[0] ? [] : once });
}

/** The same corpus on the wasm hosts; each suite names the tools that it cannot do without. */
function wasmSuites(found) {
  const wasmtime = { env: { ROUSE_WASMTIME: found.wasmtime } };
  const suite = (name, tools, run) => ({
    name,
    needs: tools.find((tool) => !found[tool]),
    compiles: tools.includes('npm'),
    run,
  });
  const inEach = (name, test) =>
    browsers.map((browser) => suite(`${name} in ${browser}`, [browser, 'npm'], () => test(browser)));
  // Those that wait for what happens, and never for how long it takes, leave half the machine to another.
  const shared = (suites) => suites.map((suite) => ({ ...suite, shares: true }));
  const preset = (name, tools, options) => suite(name, [...building, ...tools], () => runPreset(name, options));
  // What a preset built for Node, once more in a page.
  const inBrowser = (name, browser, ...tools) => {
    const run = () => testInBrowser(browser, findModules(`${root}/build/${name}`));
    return suite(`${name} in ${browser}`, [browser, 'npm', ...building, ...tools], run);
  };
  return [
    suite('javascript', ['npm'], testJavaScript), // and compiles what the pages run
    ...inEach('javascript', testJavaScriptIn),
    ...shared([
      ...inEach('page', testPage),
      ...inEach('honesty', testHonesty),
      suite('the same traces everywhere', [...browsers, 'npm'], testSame),
      ...inEach('edit', testEdit),
      ...inEach('terminal', testTerminal),
      ...inEach('layout', testLayout),
      ...inEach('denied', testWithout),
      ...inEach('perfetto', testPerfetto),
    ]),
    ...inEach('stops', testStops),
    ...inEach('scrub', testScrub),
    suite('files in chromium', ['chromium', 'npm'], testFiles),
    suite('goals of the page', ['chromium', 'npm'], testGoals),
    suite('times of the page', ['chromium', 'npm'], testTimes),
    suite('axe', ['chromium', 'npm'], testAxe),
    suite('terminal axe', ['chromium', 'npm'], testTerminalAxe),
    suite('devtools', ['chromium', 'npm'], testDevtools),
    preset('wasi', ['wasi', 'wasmtime'], wasmtime),
    preset('wasi-checked', ['wasi', 'wasmtime'], wasmtime),
    preset('wasi-js', ['wasi', 'npm']),
    preset('wasi-js-checked', ['wasi', 'npm']),
    preset('npm-clang', ['npm']),
    preset('emscripten', ['emscripten', 'npm']),
    preset('emscripten-newest', ['newest', 'npm'], {
      through: [found.newest, '--write', 'build/emscripten-newest'],
    }),
    ...shared([
      ...forJavaScript.map(([name, ...tools]) => inBrowser(name, 'chromium', ...tools)),
      inBrowser('wasi-js-checked', 'chromium', 'wasi'),
      inBrowser('npm-clang', 'firefox'),
      inBrowser('npm-clang', 'webkit'),
    ]),
    suite('packages', ['npm', 'consumers', ...browsers], () => testPackages(found)), // last: it packs dist/
  ];
}

function suites(found) {
  const native = (name, run, compiler = 'gcc') => ({
    name,
    needs: [...building, compiler].find((tool) => !found[tool]),
    run,
  });
  const env = { ROUSE_CLANG: found.clang };
  return [
    ...presets.map((name) => native(name, () => runPreset(name))),
    native('native-clang', () => runPreset('native-clang', { env }), 'clang'),
    ...wasmSuites(found),
    native('docs', testDocs),
    native('coverage', coverage),
  ];
}

/** A suite that breaks is one failure: the others still run. */
async function runSuite({ name, needs, compiles, run }) {
  const start = Date.now();
  const result = { passed: 0, failed: 0, skipped: [], log: '' };
  try {
    if (needs) result.skipped = [`${name} (needs ${needs})`];
    else {
      if (compiles) await compileScripts(); // what another suite packed, or a fresh clone has not
      Object.assign(result, await run());
    }
  } catch (error) {
    Object.assign(result, { failed: 1, log: error.stack });
  }
  return { ...result, seconds: ((Date.now() - start) / 1000).toFixed(0) };
}

const total = { passed: 0, failed: 0, skipped: 0 };

async function tell(heading, running) {
  process.stdout.write(`${heading}: `);
  const { passed, failed, skipped, seconds, note, log } = await running;
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped.length;
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped, ${seconds} s`);
  for (const name of skipped) console.log(`  skipped: ${name}`);
  if (note) console.log(`  ${note}`);
  if (log) console.log(lastLines(log, 200));
}

/** Neighbours that share the machine run two at a time, all others alone; each is told of in its turn. */
async function runAll(all) {
  const running = new Set();
  let told;
  for (const [index, suite] of all.entries()) {
    while (running.size > (suite.shares ? 1 : 0)) await Promise.race(running);
    const result = runSuite(suite).finally(() => running.delete(result));
    running.add(result);
    told = Promise.resolve(told).then(() => tell(`[${index + 1}/${all.length}] ${suite.name}`, result));
    if (!suite.shares) await told;
  }
  await told;
}

const { found, missing, seconds } = await setUp(Object.keys(tools));
const wanted = process.argv.slice(2);
const isWanted = ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part));
const all = suites(found).filter(isWanted);
await runAll(all);
console.log(`set-up ${seconds} s, tests ${(performance.now() / 1000 - seconds).toFixed(0)} s`);
if (missing.length > 0) console.log(`missing tools: ${missing.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || all.length === 0 ? 1 : 0;
