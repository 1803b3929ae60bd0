// What a browser may deny, or not have: of each the page says in a sentence what is missing, and goes on.
//   node tests/browser/denied.mjs [BROWSER]
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { browsers } from './open.mjs';
import { lessonsOf, openLesson, press, printed, problem, ready, report, serveWith, testInTab } from './site.mjs';

const noStorage = `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });`;

/** What is served instead, what is said, and whether the JavaScript side runs all the same. */
function casesOf(site) {
  const read = (path) => readFileSync(`${site}/${path}`, 'utf8');
  const html = read('index.html');
  const worker = read('page/c-worker.js');
  return {
    'no storage': [{ 'page/main.js': noStorage + read('page/main.js') }, '', true],
    'no workers': [
      { '/': html.replace("worker-src 'self' blob:", "worker-src 'none'") },
      'did not let the page start a worker',
      false,
    ],
    'no WebAssembly': [
      { 'page/c-worker.js': `delete self.WebAssembly;${worker}` },
      'this browser has no WebAssembly',
      true,
    ],
    'WebAssembly forbidden': [{ '/': html.replace("'wasm-unsafe-eval'", '') }, 'WebAssembly is blocked here', true],
  };
}

/** Who has edited a program is told that it will not be kept. */
async function testNotKept(tab, address, check) {
  const { pack } = await import('../../dist/page/links/pack.js');
  await tab.goto('about:blank');
  await tab.goto(`${address}#v1.1.${await pack({ js: 'console.log(1);' })}`);
  await tab.waitFor(`${ready} && !document.getElementById('js-editor').hidden`);
  await press(tab, 'js-run');
  await tab.waitFor(`${ready} && document.querySelectorAll('#js-out li').length === 1`);
  const said = await tab.evaluate(`document.getElementById('said').textContent`);
  check('no storage: that edits are not kept is said', /gives the page no storage/.test(said) || said, true);
}

async function testDenied(tab, site, lesson, check) {
  const scheme = 'document.documentElement.style.colorScheme';
  for (const [name, [files, message, hasScript]] of Object.entries(casesOf(site)))
    await serveWith(site, files, async (address) => {
      await openLesson(tab, address, lesson);
      const text = await tab.evaluate(problem);
      check(`${name}: what is said`, text.includes(message) || text, true);
      await press(tab, 'last');
      check(`${name}: the other side is shown`, await tab.evaluate(printed('js')), hasScript ? lesson.expect.js : []);
      await press(tab, 'theme');
      const first = await tab.evaluate(scheme);
      await press(tab, 'theme');
      check(`${name}: the page goes on`, [first, await tab.evaluate(scheme)].sort(), ['dark', 'light']);
      if (name === 'no storage') await testNotKept(tab, address, check);
    });
}

/** Opened without a server: modules are not loaded from files. */
async function testFile(tab, site, check) {
  await tab.goto(pathToFileURL(`${site}/index.html`).href);
  await tab.waitFor(`getComputedStyle(document.getElementById('stuck')).visibility === 'visible'`);
  check(
    'opened as a file, it says why nothing comes',
    await tab.evaluate(`/web server/.test(document.getElementById('stuck').innerText)`),
    true,
  );
}

export function testWithout(browser) {
  return testInTab(`denied in ${browser}`, browser, async (tab, site, _, check) => {
    await testDenied(tab, site, lessonsOf(site)[0], check);
    await testFile(tab, site, check);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  report(await testWithout(browser), browser);
}
