// Every suite of `npm test`: its name, what it cannot do without, and how it runs (tools/schedule.mjs).
import { build, test } from './cmake.mjs';
import { coverage } from './coverage.mjs';
import { testDocs } from './docs-test.mjs';
import { testJavaScript } from './js-test.mjs';
import { root } from './process.mjs';
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
const once = ['any-build'];

async function runPreset(preset, options) {
  await build(preset, options);
  return test(preset, { ...options, without: preset === presets[0] ? [] : once });
}

/** Every build, and what is made with one. */
export function buildSuites(found) {
  const suite = (name, tools, run, after) => ({
    name,
    needs: [...building, ...tools].find((tool) => !found[tool]),
    builds: true,
    run,
    after,
  });
  const preset = (name, tools, options) => suite(name, tools, () => runPreset(name, options));
  const wasmtime = { env: { ROUSE_WASMTIME: found.wasmtime } };
  return [
    ...presets.map((name) => preset(name, ['gcc'])),
    preset('native-clang', ['clang'], { env: { ROUSE_CLANG: found.clang } }),
    preset('wasi', ['wasi', 'wasmtime'], wasmtime),
    preset('wasi-checked', ['wasi', 'wasmtime'], wasmtime),
    preset('wasi-js', ['wasi', 'npm']),
    preset('wasi-js-checked', ['wasi', 'npm']),
    preset('npm-clang', ['npm']),
    preset('emscripten', ['emscripten', 'npm']),
    preset('emscripten-newest', ['newest', 'npm'], {
      through: [found.newest, '--write', 'build/emscripten-newest'],
    }),
    suite('docs', ['gcc'], testDocs, ['native-release']),
    suite('coverage', ['gcc'], coverage),
  ];
}

/** What runs in Node, in browsers and as packages. */
export function hostSuites(found) {
  const suite = (name, tools, test, after) => ({
    name,
    needs: ['npm', ...tools].find((tool) => !found[tool]),
    run: async () => (await compileScripts(), test()),
    after,
  });
  const inChromium = (name, test) => suite(name, ['chromium'], test);
  const inEach = (name, test) =>
    browsers.map((browser) => suite(`${name} in ${browser}`, [browser], () => test(browser)));
  // What a preset built for Node, once more in a page.
  const modules = (name, browser, ...tools) => {
    const test = () => testInBrowser(browser, findModules(`${root}/build/${name}`));
    return suite(`${name} in ${browser}`, [browser, ...building, ...tools], test, [name]);
  };
  return [
    suite('javascript', [], testJavaScript),
    ...inEach('javascript', testJavaScriptIn),
    ...inEach('page', testPage),
    ...inEach('honesty', testHonesty),
    suite('the same traces everywhere', browsers, testSame),
    ...inEach('edit', testEdit),
    ...inEach('terminal', testTerminal),
    ...inEach('layout', testLayout),
    ...inEach('denied', testWithout),
    ...inEach('perfetto', testPerfetto),
    ...inEach('stops', testStops),
    ...inEach('scrub', testScrub),
    inChromium('files in chromium', testFiles),
    inChromium('goals of the page', testGoals),
    inChromium('axe', testAxe),
    inChromium('terminal axe', testTerminalAxe),
    inChromium('devtools', testDevtools),
    suite('packages', ['consumers', ...browsers], () => testPackages(found), ['javascript']),
    ...forJavaScript.map(([name, ...tools]) => modules(name, 'chromium', ...tools)),
    modules('wasi-js-checked', 'chromium', 'wasi'),
    modules('npm-clang', 'firefox'),
    modules('npm-clang', 'webkit'),
  ];
}
