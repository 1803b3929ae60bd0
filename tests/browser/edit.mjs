// Editing and links: a program is changed and run, its mistakes stand at their lines, a link carries it, and
// nobody's program runs by itself.
//   node tests/browser/edit.mjs [BROWSER]
import { fileURLToPath } from 'node:url';
import { browsers } from './open.mjs';
import { lessonsOf, openLesson, place, press, printed, problem, ready, report, testInTab } from './site.mjs';

const said = `document.getElementById('said').textContent`;
const editor = `document.getElementById('js-editor').shadowRoot?.querySelector('.cm-content')`;
const text = `[...${editor}.querySelectorAll('.cm-line')].map((e) => e.textContent).join('\\n')`;
const isOpen = `Boolean(${editor})`;
const mistake = `document.getElementById('js-mistake').textContent`;

const unpackOf = async (text) => (await import('../../dist/page/links/pack.js')).unpack(text);
const packOf = async (js) => (await import('../../dist/page/links/pack.js')).pack({ js });

async function openLink(tab, address, hash) {
  await tab.goto('about:blank');
  await tab.goto(address + hash);
  await tab.waitFor(ready);
}

async function run(tab) {
  await press(tab, 'js-run');
  await tab.waitFor(ready);
  await press(tab, 'last');
}

/** A program in a link is shown, and runs when it is told to; then it is the reader's own. */
async function testLink(tab, address, check) {
  const js = `console.log('from a link');\nawait new Promise((done) => setTimeout(done, 7));\nconsole.log('after');`;
  await openLink(tab, address, `#v1.2.${await packOf(js)}&s=3`);
  await tab.waitFor(isOpen);
  check('the program of a link is in the editor', await tab.evaluate(text), js);
  check('it has not run', await tab.evaluate(`document.querySelectorAll('#js-out li').length`), 0);
  check('this is said', /came with the link/.test(await tab.evaluate(said)), true);
  await press(tab, 'js-run');
  await tab.waitFor(`${ready} && document.querySelectorAll('#js-out li').length > 0`);
  check('then it is where the link leads', (await tab.evaluate(place)).split('/')[0], '3');
  await press(tab, 'last');
  check('and has run', await tab.evaluate(printed('js')), ['from a link', 'after']);
  await press(tab, 'share');
  await tab.waitFor(`/link/.test(${said})`);
  const [, shared] = /^#v1\.2\.([\w-]+)&s=\d+$/.exec(await tab.evaluate('location.hash')) ?? [];
  check('a link that is made of it carries it', await unpackOf(shared ?? ''), { js });
  await openLink(tab, address, '#l=2');
  await tab.evaluate(
    `[...document.querySelectorAll('#said button')].find((e) => /Restore/.test(e.textContent)).click()`,
  );
  await tab.waitFor(`${isOpen} && ${ready} && document.querySelectorAll('#js-out li').length === 2`);
  check('the edits can be had back', await tab.evaluate(text), js);
  await press(tab, 'js-reset');
  await tab.waitFor(`document.getElementById('js-editor').hidden && ${ready}`);
}

async function testBroken(tab, address, check) {
  const cases = {
    '#v1.6.AAAA!&s=4': ['Losers of a race', 'damaged'],
    '#v9.6b.abc': ['Losers of a race', 'newer version'],
    '#l=99': ['Created, not run', 'no lesson 99'],
    [`#v1.99.${await packOf('let a;')}`]: ['Created, not run', 'no lesson 99'],
    '#nonsense': ['Created, not run', 'names no lesson'],
    '#l=2&s=9999': ['Order of output', ''],
  };
  for (const [hash, [title, notice]] of Object.entries(cases)) {
    await openLink(tab, address, hash);
    check(`${hash}: opens`, await tab.evaluate(`document.getElementById('title').textContent`), title);
    check(`${hash}: says what is wrong`, (await tab.evaluate(said)).includes(notice), true);
  }
}

/** Whatever a link's program tries, it finds no storage and no net. */
async function testSandbox(tab, address, check) {
  const js = `const attempt = async (name, act) => { try { console.log(name, await act()); } catch (e) { console.log(name, 'denied'); } };
await attempt('net', () => fetch('${address}index.html').then((r) => r.status));
await attempt('storage', () => new Promise((done, fail) => { const r = indexedDB.open('x'); r.onsuccess = () => done('open'); r.onerror = fail; }));
await attempt('page', () => parent.document.title);`;
  await openLink(tab, address, `#v1.1.${await packOf(js)}`);
  await tab.waitFor(isOpen);
  await press(tab, 'js-run');
  await tab.waitFor(`${ready} && document.querySelectorAll('#js-out li').length === 3`);
  await press(tab, 'last');
  check('a program reaches nothing', await tab.evaluate(printed('js')), [
    'net denied',
    'storage denied',
    'page denied',
  ]);
}

async function testMistakes(tab, address, check) {
  await openLink(tab, address, `#v1.1.${await packOf('const a = 1;\nconst b = ;\n')}`);
  await tab.waitFor(isOpen);
  await run(tab);
  check('a mistake stands at its line', await tab.evaluate(mistake), 'Line 2: Unexpected token');
  const marked = `${editor}.querySelectorAll('.cm-line')[1].querySelector('.cm-lintRange-error') !== null`;
  check('and is marked there', await tab.evaluate(marked), true);
  await openLink(tab, address, `#v1.1.${await packOf('console.log(1);\n\nnull.x;\n')}`);
  await tab.waitFor(isOpen);
  await press(tab, 'js-run');
  await tab.waitFor(`${mistake} !== ''`);
  check('an error that nobody caught, too', /^Line 3: TypeError/.test(await tab.evaluate(mistake)), true);
  await press(tab, 'last');
  check('what came before it is there', await tab.evaluate(printed('js')), ['1']);
}

/** What is too long for a link is offered as a file. */
async function testLong(tab, address, check) {
  const js = Array.from({ length: 900 }, (_, i) => `// ${(i * 7919 * 7919) % 1000003} ${(i * 104729) % 99991}`).join(
    '\n',
  );
  await openLink(tab, address, `#v1.1.${await packOf(js)}`);
  await tab.waitFor(isOpen);
  await tab.evaluate(
    `void (globalThis.file = new Promise((done) => { URL.createObjectURL = (blob) => (blob.text().then(done), '#'); }))`,
  );
  await press(tab, 'share');
  await tab.waitFor(`/too long for a link/.test(${said})`);
  await tab.evaluate(`document.querySelector('#said button').click()`);
  check('a program that is too long for a link is saved as a file', (await tab.evaluate('file')) === js, true);
}

/** Time is virtual for whatever asks for it, and an interval is a timer again and again. */
async function testClock(tab, address, check) {
  const js = `let round = 0;
const id = setInterval(() => {
  console.log(++round, Date.now(), new Date().getTime(), performance.now());
  if (round === 2) clearInterval(id);
}, 1800_000);
console.log(new Date(5).getTime(), new Date() instanceof Date, typeof Date());`;
  await openLink(tab, address, `#v1.1.${await packOf(js)}`);
  await tab.waitFor(isOpen);
  await run(tab);
  const hour = 3600_000;
  const wanted = ['5 true string', [1, hour / 2, hour / 2, hour / 2].join(' '), [2, hour, hour, hour].join(' ')];
  check('an interval of half an hour, twice', await tab.evaluate(printed('js')), wanted);
  check('is no problem', await tab.evaluate(problem), '');
}

/** By hand: keys are those of a person. */
async function testTyping(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  await press(tab, 'js-edit');
  await tab.waitFor(isOpen);
  await tab.press('Control+a');
  await tab.page.keyboard.type(`console.log('typed ' + 1);`);
  await tab.press('Control+Enter');
  await tab.waitFor(`${ready} && document.querySelectorAll('#js-out li').length === 1`);
  await tab.press('Control+s');
  await tab.waitFor(`/link/i.test(${said})`);
  check('Ctrl+S makes the link', /^#v1\.1\./.test(await tab.evaluate('location.hash')), true);
  await tab.press('Tab');
  check('Tab leaves the editor', await tab.evaluate(`document.activeElement.id !== 'js-editor'`), true);
  await press(tab, 'last');
  check('what was typed has run', await tab.evaluate(printed('js')), ['typed 1']);
  check('at no step a problem', await tab.evaluate(problem), '');
}

export function testEdit(browser) {
  return testInTab(`edit in ${browser}`, browser, async (tab, site, address, check) => {
    const lessons = lessonsOf(site);
    await testLink(tab, address, check);
    await testBroken(tab, address, check);
    await testSandbox(tab, address, check);
    await testMistakes(tab, address, check);
    await testLong(tab, address, check);
    await testClock(tab, address, check);
    if (browser === 'chromium') await testTyping(tab, address, lessons[0], check);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  report(await testEdit(browser), browser);
}
