// The page in real browsers: serves the site, runs both lessons, and checks what a reader would see.
//   node tests/browser/page.mjs [BROWSER]                   tests in Chromium, or in another
//   node tests/browser/page.mjs [BROWSER] --pictures DIR    also saves what it looks like
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../tools/web-serve.mjs';
import { installPackages } from '../../tools/npm.mjs';
import { buildSite } from '../../tools/web.mjs';
import { browsers, open } from './open.mjs';

export const ran = `document.body.dataset.state === 'ran' && !document.getElementById('run').disabled`;
const texts = (id) => `[...document.querySelectorAll('#${id} .text')].map((e) => e.textContent)`;
const polls = `Object.fromEntries([...document.querySelectorAll('.lane')]
  .map((e) => [e.dataset.future, +e.dataset.polls]))`;
const overflow = `document.documentElement.scrollWidth - document.documentElement.clientWidth`;
export const widths = [1440, 390];
export const lessonsOf = (site) => JSON.parse(readFileSync(join(site, 'lessons/index.json'), 'utf8'));

/** Counts named checks; a failed one says what was seen and what was wanted. */
function counter(suite) {
  const result = { passed: 0, failed: 0, skipped: [], log: '' };
  const check = (name, seen, wanted) => {
    if (JSON.stringify(seen) === JSON.stringify(wanted)) return void result.passed++;
    result.failed++;
    result.log += `${suite}: ${name}\n  seen   ${JSON.stringify(seen)}\n  wanted ${JSON.stringify(wanted)}\n`;
  };
  return { result, check };
}

export async function openLesson(tab, address, { number, title }) {
  await tab.goto('about:blank'); // a change of the fragment alone would not load the page again
  await tab.goto(`${address}#l=${number}`);
  await tab.waitFor(`document.getElementById('title')?.textContent === ${JSON.stringify(title)}`);
}

async function testLesson(tab, address, lesson, check) {
  const name = (what) => `lesson ${lesson.number}: ${what}`;
  await openLesson(tab, address, lesson);
  const unrun = await tab.evaluate(`document.querySelectorAll('.output button').length`);
  check(name('nothing runs by itself'), unrun, 0);
  await tab.evaluate(`document.querySelector('#options input').click()`);
  await tab.press('Control+Enter');
  await tab.waitFor(ran);
  check(name('C prints'), await tab.evaluate(texts('c-out')), lesson.expect.c);
  check(name('JS prints'), await tab.evaluate(texts('js-out')), lesson.expect.js);
  check(name('polls'), await tab.evaluate(polls), lesson.expect.polls);
  const verdict = await tab.evaluate(`document.getElementById('result').dataset.verdict`);
  check(name('the first answer is the right one'), verdict, 'right');
  await tab.evaluate(`document.getElementById('reset').click()`);
  const left = await tab.evaluate(`document.querySelectorAll('#steps button, #c-out button').length`);
  check(name('reset empties the results'), left, 0);
}

async function testPointing(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  await tab.evaluate(`document.getElementById('run').click()`);
  await tab.waitFor(ran);
  await tab.evaluate(`document.querySelector('#steps .warning').focus()`);
  const lit = `[...document.querySelectorAll('#c-code .lit')].map((e) => e.textContent.trim())`;
  const lines = await tab.evaluate(lit);
  check('the dropped future lights its body', lines[0], 'ROUSE_ASYNC(fetch_user)');
  await tab.evaluate(`document.querySelector('#steps button').focus()`);
  await tab.press('End');
  check('keys move in the list', await tab.evaluate(lit), ['ROUSE_MAIN(ROUSE_FUTURE(app))']);
}

async function testNarrow(tab, address, lessons, check) {
  await tab.resize(390, 844);
  for (const lesson of lessons) {
    await openLesson(tab, address, lesson);
    await tab.evaluate(`document.getElementById('run').click()`);
    await tab.waitFor(ran);
    check(`lesson ${lesson.number}: no horizontal scroll at 390`, await tab.evaluate(overflow), 0);
    const small = `[...document.querySelectorAll('.actions button, nav a, #options label')]
      .filter((e) => e.getBoundingClientRect().height < 44).length`;
    check(`lesson ${lesson.number}: targets of 44 px`, await tab.evaluate(small), 0);
  }
  await tab.resize(1440, 900);
}

/** A server that answers with a page where a module is asked for. */
async function testBadModule(tab, site, lesson, check) {
  const { server, address } = await serve(site, { port: 8190 });
  const answer = server.listeners('request')[0];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.url.endsWith('.wasm')) request.url = '/index.html';
    answer(request, response);
  });
  try {
    await openLesson(tab, address, lesson);
    await tab.evaluate(`document.getElementById('run').click()`);
    await tab.waitFor(ran);
    const problem = await tab.evaluate(`document.getElementById('problem').textContent`);
    check('an HTML page in place of wasm is named', /HTML page/.test(problem), true);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** The site lies in a folder of another server's. */
async function testFolder(tab, site, lesson, check) {
  const { server, address } = await serve(dirname(site), { port: 8190 });
  await openLesson(tab, `${address}${basename(site)}/`, lesson);
  await tab.evaluate(`document.getElementById('run').click()`);
  await tab.waitFor(ran);
  check('the site runs from a folder', await tab.evaluate(texts('c-out')), lesson.expect.c);
  server.close();
  server.closeAllConnections();
}

async function takePictures(browser, address, lessons, folder, dark) {
  mkdirSync(folder, { recursive: true });
  const tab = await open(browser, { dark });
  for (const width of widths)
    for (const lesson of lessons) {
      await tab.resize(width, 900);
      await openLesson(tab, address, lesson);
      await tab.evaluate(`document.querySelector('#options input').click()`);
      await tab.evaluate(`document.getElementById('run').click()`);
      await tab.waitFor(ran);
      await tab.evaluate(`document.querySelector('#steps .warning')?.focus({ preventScroll: true })`);
      await tab.resize(width, await tab.evaluate(`document.documentElement.scrollHeight`));
      const name = `${browser}-${lesson.number}-${width}-${dark ? 'dark' : 'light'}.png`;
      writeFileSync(join(folder, name), await tab.screenshot());
    }
  await tab.close();
}

async function testAll(tab, site, address, check) {
  const lessons = lessonsOf(site);
  await tab.resize(1440, 900);
  for (const lesson of lessons) await testLesson(tab, address, lesson, check);
  await testPointing(tab, address, lessons[0], check);
  await testNarrow(tab, address, lessons, check);
  check('no error on the console', tab.errors, []);
  const foreign = tab.requests.filter((url) => !url.startsWith(address) && !/^(about|data):/.test(url));
  check('no request to anybody else', foreign, []);
  await testFolder(tab, site, lessons[1], check);
  await testBadModule(tab, site, lessons[0], check);
}

/** Builds and serves the site for `use`, and counts what that checks. */
export async function withSite(name, use) {
  const { result, check } = counter(name);
  let server;
  try {
    await installPackages();
    const site = await buildSite();
    const served = await serve(site, { port: 8180 });
    server = served.server;
    await use(site, served.address, check);
  } catch (error) {
    result.failed++;
    result.log += `${name}: ${error.stack}\n`;
  }
  server?.close();
  server?.closeAllConnections();
  return result;
}

export function testPage(browser, { pictures } = {}) {
  return withSite(`page in ${browser}`, async (site, address, check) => {
    const tab = await open(browser);
    await testAll(tab, site, address, check).finally(() => tab.close());
    for (const dark of pictures ? [false, true] : [])
      await takePictures(browser, address, lessonsOf(site), pictures, dark);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--pictures');
  const pictures = at > 0 && process.argv[at + 1];
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  const { passed, failed, log } = await testPage(browser, { pictures });
  if (log) console.log(log);
  console.log(`${passed} passed, ${failed} failed in ${browser}`);
  process.exitCode = failed > 0 ? 1 : 0;
}
