// Whether everybody can use the page, as far as a program can tell: axe's rules, with each panel open.
//   node tests/browser/axe.mjs
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drop } from './files.mjs';
import { lessonsOf, openLesson, press, ready, report, testInTab, widths } from './site.mjs';

// Of the dark only the colours are others, of an open panel only what it and its tab show.
const ofColours = ['color-contrast', 'link-in-text-block'];
const PANEL = ['[role="tablist"]', '.tab-panel:not([hidden])'];

/** What axe finds wrong with a part of the page. The only frame is the sandbox, in which nothing is seen. */
const violations = (part, rules) => `axe.run(${JSON.stringify(part)}, {
  iframes: false,
  preload: ${!rules},
  ...${JSON.stringify(rules ? { runOnly: rules } : {})},
}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map((node) => id + ': ' + node.html + ' ' + node.failureSummary)))`;

/** Gives `look(what, part)`: light, by all rules, then dark. */
function looker(tab, check) {
  const show = async (value) => {
    await tab.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    await tab.waitFor('document.getAnimations().length === 0'); // no colour is on its way to another
  };
  return async (what, part = ['html']) => {
    check(`${what}, light`, await tab.evaluate(violations(part)), []);
    await show('dark');
    check(`${what}, dark`, await tab.evaluate(violations(part, ofColours)), []);
    await show('light');
  };
}

// A path and not a text: the packages may not be there yet when this file is loaded.
const axeFile = () => fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

/** What only a narrow screen has: the other two views, and the inspector as a sheet. */
async function testNarrow(page, where, look) {
  for (const view of ['c', 'js']) {
    await page.evaluate(`document.querySelector('[data-view="${view}"][aria-pressed]').click()`);
    await look(`${where}, ${view} alone`);
  }
  await press(page, 'sheet-open');
  await page.waitFor('document.getAnimations().length === 0');
}

async function testLesson(page, address, lesson, where, look) {
  await openLesson(page, address, lesson);
  await page.evaluate(readFileSync(axeFile(), 'utf8'));
  await look(`${where}, at the beginning`);
  await page.evaluate(`document.querySelector('#options input')?.click()`);
  await press(page, 'last');
  await look(`${where}, at the end`);
  if (where.includes('at 390')) await testNarrow(page, where, look);
  for (const tab of ['now', 'steps', 'machine', 'memory', 'lints']) {
    await press(page, `tab-${tab}`);
    await look(`${where}, ${tab}`, PANEL);
  }
}

/** What is not part of every lesson: help, the editor with a mistake in it, the menu, the other axis, a trace. */
async function testRest(page, address, lesson, where, look) {
  const { pack } = await import('../../dist/page/links/pack.js');
  await page.goto('about:blank');
  await page.goto(`${address}#v1.${lesson.number}.${await pack({ js: 'let a = ;' })}`);
  await page.waitFor(`${ready} && !document.getElementById('js-editor').hidden`);
  await page.evaluate(readFileSync(axeFile(), 'utf8'));
  await look(`${where}, a program from a link`);
  await press(page, 'help-open');
  await look(`${where}, the window of keys`);
  await press(page, 'help-close');
  await press(page, 'js-run');
  await page.waitFor(`!document.getElementById('js-mistake').hidden`);
  await page.evaluate(
    `(document.getElementById('trace-menu').open = true, document.getElementById('contents').open = true, document.getElementById('axis').value = 'ms', document.getElementById('axis').dispatchEvent(new Event('change')))`,
  );
  await look(`${where}, a mistake, the menu and the other axis`);
  await drop(page, 'good.json', readFileSync(new URL('../js/traces/good.json', import.meta.url), 'utf8'));
  await page.waitFor(`document.body.dataset.mode === 'trace'`);
  await look(`${where}, a trace`);
}

/** Each lesson at each width, light and dark. */
export function testAxe() {
  return testInTab('axe', 'chromium', async (page, site, address, check) => {
    const look = looker(page, check);
    for (const width of widths) {
      await page.resize(width, 900);
      for (const lesson of lessonsOf(site))
        await testLesson(page, address, lesson, `lesson ${lesson.number} at ${width}`, look);
      await testRest(page, address, lessonsOf(site)[0], `at ${width}`, look);
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) report(await testAxe(), 'chromium');
