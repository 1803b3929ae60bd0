// The terminal: a C program whose stdin is typed, built for JavaScript and for WASI.
//   node tests/browser/terminal.mjs [BROWSER]
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { borrow, browsers } from './open.mjs';
import { press, ready, report, testInTab, widths, withSite } from './site.mjs';

const screen = `document.getElementById('screen').textContent`;
const printed = (kind) => `[...document.querySelectorAll('#screen .${kind}')].map((e) => e.textContent).join('')`;
const state = `document.getElementById('state').textContent`;
const waits = `${state} === 'The program waits for a line.'`;
const has = (text) => `${screen}.includes(${JSON.stringify(text)})`;
const choose = (id, value) => `(() => { const box = document.getElementById('${id}'); box.value = '${value}';
  box.dispatchEvent(new Event('change')); })()`;

/** What keys do, in a browser whose driver types no letters. */
const type = (text) => `(() => { const line = document.getElementById('line'); line.focus();
  line.value = ${JSON.stringify(text)}; document.getElementById('send').click(); })()`;
const ctrlD = `document.getElementById('line').dispatchEvent(
  new KeyboardEvent('keydown', { key: 'd', ctrlKey: true, bubbles: true, cancelable: true }))`;

async function openTerminal(tab, address) {
  await tab.goto('about:blank');
  await tab.goto(`${address}terminal.html`);
  await tab.waitFor(waits);
}

async function testTyping(tab, address, check) {
  await openTerminal(tab, address);
  await tab.evaluate(type('{"level":"error","n":1}'));
  await tab.waitFor(`${printed('out')} === '{"level":"error","n":1}\\n'`);
  await tab.evaluate(type('{"level":"info"}'));
  await tab.evaluate(type('nonsense'));
  await tab.waitFor(waits);
  check('one line passes at once, another does not', await tab.evaluate(printed('out')), '{"level":"error","n":1}\n');
  await tab.evaluate(ctrlD);
  await tab.waitFor(`${state} === 'Ended with exit code 1.'`);
  check('its report comes at the end', await tab.evaluate(printed('err')), 'jsonl: 1 lines are not objects\n');
  check('the focus is where it goes on', await tab.evaluate(`document.activeElement.id`), 'start');
  check('nothing can be typed any more', await tab.evaluate(`document.getElementById('line').disabled`), true);
}

/** Other tasks go on while stdin is awaited, and while somebody types. */
async function testTasks(tab, address, check) {
  await openTerminal(tab, address);
  await tab.evaluate(choose('program', 'jobs'));
  await tab.waitFor(waits);
  await tab.evaluate(type('sleep 60000'));
  await tab.evaluate(type('sleep 20'));
  await tab.waitFor(has('job 2: sleep 20: slept'));
  await tab.evaluate(type('sing'));
  await tab.waitFor(has('job 3: sing: no such job'));
  await tab.waitFor(has('job 1: sleep 60000: the time allowed has passed'));
  await press(tab, 'end');
  await tab.waitFor(`${state} === 'Ended with exit code 1.'`);
  check('jobs are counted', (await tab.evaluate(printed('out'))).endsWith('3 jobs, 2 failed\n'), true);
}

async function testCancel(tab, address, check) {
  await openTerminal(tab, address);
  await press(tab, 'example');
  await tab.waitFor(`${printed('out')} !== ''`);
  await press(tab, 'stop');
  await tab.waitFor(`${state} === 'Cancelled: exit code 130.'`);
  await press(tab, 'start');
  await tab.waitFor(waits);
  check('a new run has a clean screen', await tab.evaluate(screen), '$ jsonl level=error\n');
}

async function testWasi(tab, address, check) {
  await openTerminal(tab, address);
  await tab.evaluate(choose('program', 'jobs'));
  await tab.waitFor(waits);
  await tab.evaluate(choose('host', 'wasi'));
  await tab.waitFor(`${state} === 'Type all of the input, then press End.'`);
  check('the page says what a WASI module gets', await tab.evaluate(`document.getElementById('whole').hidden`), false);
  await tab.evaluate(type('sleep 1500'));
  await tab.evaluate(type('sleep 300'));
  await tab.evaluate(type('sleep 9000'));
  check('it does not run before the end', await tab.evaluate(printed('out')), '');
  await press(tab, 'end');
  await tab.waitFor(`${state} === 'Ended with exit code 1.'`);
  const lines = [
    'job 2: sleep 300: slept',
    'job 1: sleep 1500: slept',
    'job 3: sleep 9000: the time allowed has passed',
    '3 jobs, 1 failed',
    '',
  ];
  check('it runs in the order of its clock', await tab.evaluate(printed('out')), lines.join('\n'));
  check('and says that the clock jumps', /the clock jumps\n/.test(await tab.evaluate(printed('err'))), true);
}

async function testLook(tab, address, check) {
  await tab.goto(address);
  await tab.waitFor(ready);
  check(
    'the lessons lead here',
    await tab.evaluate(`document.querySelector('nav a:last-child').href`),
    `${address}terminal.html`,
  );
  await tab.resize(390, 844);
  await openTerminal(tab, address);
  const overflow = `document.documentElement.scrollWidth - document.documentElement.clientWidth`;
  const small = `[...document.querySelectorAll('button, a, select, input, summary')]
    .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44).map((e) => e.id)`;
  check('no horizontal scroll at 390', await tab.evaluate(overflow), 0);
  check('targets of 44 px', await tab.evaluate(small), []);
  await tab.evaluate(`(document.getElementById('source-box').open = true)`);
  check('nor with the source open', await tab.evaluate(overflow), 0);
  check(
    'the source is shown',
    (await tab.evaluate(`document.getElementById('source').textContent`)).includes('ROUSE_MAIN'),
    true,
  );
  await tab.resize(1440, 900);
}

export function testTerminal(browser) {
  return testInTab(`terminal in ${browser}`, browser, async (tab, site, address, check) => {
    await testTyping(tab, address, check);
    await testTasks(tab, address, check);
    await testCancel(tab, address, check);
    await testWasi(tab, address, check);
    await testLook(tab, address, check);
    check('no error on the console', tab.errors, []);
    const foreign = tab.requests.filter((url) => !url.startsWith(address) && !/^(about|data|blob):/.test(url));
    check('no request to anybody else', foreign, []);
  });
}

const violations = `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map((node) => id + ': ' + node.html + ' ' + node.failureSummary)))`;

/** axe's rules on it: waiting, ended, for WASI, with its source; light and dark. */
export function testTerminalAxe() {
  return withSite('terminal axe', async (site, address, check) => {
    const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    for (const dark of [false, true]) {
      const page = await borrow('chromium', { dark });
      try {
        for (const width of widths) {
          const look = async (what) =>
            check(`${what} at ${width}, ${dark ? 'dark' : 'light'}`, await page.evaluate(violations), []);
          await page.resize(width, 900);
          await openTerminal(page, address);
          await page.evaluate(axe);
          for (let i = 0; i < 4; i++) await press(page, 'example');
          await page.waitFor(`${has('404')} && ${waits}`);
          await look('a program that waits');
          await press(page, 'end');
          await page.waitFor(`document.body.dataset.state === 'ended'`);
          await page.evaluate(`(document.getElementById('source-box').open = true)`);
          await look('one that has ended, and its source');
          await page.evaluate(choose('host', 'wasi'));
          await look('one for WASI');
        }
      } finally {
        await page.close();
      }
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  await report(await testTerminal(browser), browser);
  if (browser === 'chromium') await report(await testTerminalAxe(), 'axe');
}
