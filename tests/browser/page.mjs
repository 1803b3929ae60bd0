// The page in real browsers: serves the site, steps through every lesson, and checks what a reader would see.
//   node tests/browser/page.mjs [BROWSER]                   tests in Chromium, or in another
//   node tests/browser/page.mjs [BROWSER] --pictures DIR    also saves what it looks like
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../tools/web-serve.mjs';
import { browsers, open } from './open.mjs';
import {
  asWanted,
  lessonsOf,
  openLesson,
  place,
  printed,
  ready,
  report,
  serveWith,
  testInTab,
  widths,
} from './site.mjs';

const polls = `Object.fromEntries([...document.querySelectorAll('.lane-label.c')]
  .map((e) => [e.dataset.actor, +e.dataset.runs]))`;
const sentences = `[...document.querySelectorAll('#steps .step')].map((e) => e.textContent)`;
const overflow = `document.documentElement.scrollWidth - document.documentElement.clientWidth`;

async function checkPrinted(tab, name, expect, check) {
  await tab.evaluate(`document.getElementById('last').click()`);
  for (const side of ['c', 'js'])
    if (expect[side])
      check(`${name}: ${side} prints`, asWanted(await tab.evaluate(printed(side)), expect[side]), expect[side]);
}

async function testLesson(tab, address, lesson, check) {
  const { number, expect } = lesson;
  const name = (what) => `lesson ${number}: ${what}`;
  await openLesson(tab, address, lesson);
  check(name('nothing has happened at step 0'), await tab.evaluate(printed('c')), []);
  const told = await tab.evaluate(sentences);
  if (lesson.question) {
    await tab.evaluate(`document.querySelector('#options input[value=${JSON.stringify(expect.answer)}]').click()`);
    const verdict = await tab.evaluate(`document.getElementById('result').dataset.verdict`);
    check(name('the right answer'), verdict, 'right');
  }
  await checkPrinted(tab, name('lesson'), expect, check);
  if (expect.polls) check(name('polls'), await tab.evaluate(polls), expect.polls);
  await openLesson(tab, address, lesson);
  check(name('a second run tells the same'), await tab.evaluate(sentences), told);
  for (const [i, wanted] of (expect.twists ?? []).entries()) {
    await openLesson(tab, address, lesson, `&b=${i + 1}`);
    await checkPrinted(tab, name(`variant ${i + 1}`), wanted, check);
  }
  check(name('no problem was shown'), await tab.evaluate(`document.getElementById('problem').hidden`), true);
}

async function testKeys(tab, address, lesson, check) {
  await openLesson(tab, address, lesson, '&s=5');
  check('the address names the step', (await tab.evaluate(place)).split('/')[0], '5');
  const press = async (keys) => {
    for (const key of keys) await tab.press(key);
    return Number((await tab.evaluate(place)).split('/')[0]);
  };
  check('forward and back', await press(['ArrowRight', 'ArrowRight', 'ArrowLeft']), 6);
  await tab.waitFor(`location.hash === '#l=1&s=6'`); // some time after
  check('to the beginning', await press(['Home']), 0);
  const [, max] = (await tab.evaluate(place)).split('/').map(Number);
  check('to the end', await press(['End']), max);
  check('not beyond it', await press(['ArrowRight']), max);
  const lit = `[...document.querySelectorAll('#c-code .now')].map((e) => e.textContent.trim())`;
  check('the last step lights its line', await tab.evaluate(lit), ['ROUSE_MAIN(ROUSE_FUTURE(app))']);
  await tab.evaluate(`document.querySelector('#steps .warning').click()`);
  check('the dropped future lights its body', (await tab.evaluate(lit))[0], 'ROUSE_ASYNC(fetch_user)');
  await press([']']);
  await tab.waitFor(`document.getElementById('title').textContent !== ${JSON.stringify(lesson.title)} && ${ready}`);
  check('to the next lesson', (await tab.evaluate(`location.hash`)).startsWith('#l=2'), true);
}

async function testNarrow(tab, address, lessons, check) {
  await tab.resize(390, 844);
  for (const lesson of lessons) {
    await openLesson(tab, address, lesson);
    check(`lesson ${lesson.number}: no horizontal scroll at 390`, await tab.evaluate(overflow), 0);
    const small = `[...document.querySelectorAll('button, nav a, #options label, select')]
      .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44).length`;
    check(`lesson ${lesson.number}: targets of 44 px`, await tab.evaluate(small), 0);
  }
  await tab.resize(1440, 900);
}

/** A server that answers with a page where a module is asked for. */
async function testBadModule(tab, site, lesson, check) {
  const html = readFileSync(join(site, 'index.html'));
  await serveWith(site, { '.wasm': html }, async (address) => {
    await openLesson(tab, address, lesson);
    const text = await tab.evaluate(`document.getElementById('problem').textContent`);
    check('an HTML page in place of wasm is named', /HTML page/.test(text), true);
  });
}

/** The site lies in a folder of another server's. */
async function testFolder(tab, site, lesson, check) {
  const { server, address } = await serve(dirname(site), { port: 8190 });
  await openLesson(tab, `${address}${basename(site)}/`, lesson);
  await checkPrinted(tab, 'from a folder', lesson.expect, check);
  server.close();
  server.closeAllConnections();
}

async function takePictures(browser, address, lessons, folder, dark) {
  mkdirSync(folder, { recursive: true });
  const tab = await open(browser, { dark });
  for (const width of widths)
    for (const lesson of lessons) {
      await tab.resize(width, 900);
      await openLesson(tab, address, lesson, '&s=20');
      if (width < 1000) await tab.resize(width, await tab.evaluate(`document.documentElement.scrollHeight`));
      const name = `${browser}-${lesson.number}-${width}-${dark ? 'dark' : 'light'}.png`;
      writeFileSync(join(folder, name), await tab.screenshot());
    }
  await tab.close();
}

async function testAll(tab, site, address, check) {
  const lessons = lessonsOf(site);
  for (const lesson of lessons) await testLesson(tab, address, lesson, check);
  await testKeys(tab, address, lessons[0], check);
  await testNarrow(tab, address, lessons, check);
  // Firefox tells of the rejection in lesson 9, although the page takes care of it.
  check(
    'no error on the console',
    tab.errors.filter((text) => text !== 'Error: full'),
    [],
  );
  const foreign = tab.requests.filter((url) => !url.startsWith(address) && !/^(about|data|blob):/.test(url));
  check('no request to anybody else', foreign, []);
  await testFolder(tab, site, lessons[1], check);
  await testBadModule(tab, site, lessons[0], check);
}

export function testPage(browser, { pictures } = {}) {
  return testInTab(`page in ${browser}`, browser, async (tab, site, address, check) => {
    await testAll(tab, site, address, check);
    for (const dark of pictures ? [false, true] : [])
      await takePictures(browser, address, lessonsOf(site), pictures, dark);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--pictures');
  const pictures = at > 0 && process.argv[at + 1];
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  report(await testPage(browser, { pictures }), browser);
}
