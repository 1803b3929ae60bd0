// The hand-over of a run to Perfetto: only when it is asked for, and only once the other window has answered.
// The other window is a frame of ours that keeps what it is told.
//   node tests/browser/perfetto.mjs [BROWSER]
import { fileURLToPath } from 'node:url';
import { browsers } from './open.mjs';
import { lessonsOf, openLesson, press, report, testInTab } from './site.mjs';

const said = `document.getElementById('said').textContent`;

/** Stands in for a window of Perfetto's, which answers from the third question on. */
const fake = `(() => {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  const other = document.body.appendChild(frame.cloneNode());
  const answer = (source) => dispatchEvent(new MessageEvent('message', { data: 'PONG', source: source.contentWindow }));
  globalThis.opened = [];
  globalThis.told = [];
  const far = frame.contentWindow;
  far.postMessage = (message, origin) => {
    const { perfetto } = message;
    told.push(perfetto ? { ...perfetto, text: new TextDecoder().decode(perfetto.buffer), origin } : { message, origin });
    if (told.length === 2) answer(other); // somebody else's, who is not listened to
    if (told.length === 3) answer(frame);
  };
  globalThis.open = (url) => (opened.push(url), far);
})()`;

async function testHandOver(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  await tab.evaluate(fake);
  await press(tab, 'last');
  await press(tab, 'twists');
  check('nothing is opened unasked', await tab.evaluate('opened'), []);
  await press(tab, 'trace-perfetto');
  await tab.waitFor('told.length === 4');
  const told = await tab.evaluate('told');
  const origin = 'https://ui.perfetto.dev';
  check('one window is opened', await tab.evaluate('opened'), [origin]);
  check('it is asked until it answers', told.slice(0, 3), Array(3).fill({ message: 'PING', origin }));
  const { title, fileName, text, origin: to } = told[3];
  check('then it is given the trace, by name', [title, fileName, to], [lesson.title, `${lesson.title}.json`, origin]);
  const { checkTrace } = await import('../../dist/trace/trace-check.js');
  check('which is a valid one', checkTrace(JSON.parse(text)), []);
  await tab.evaluate(`new Promise((done) => setTimeout(done, 500))`);
  check('and is not asked again', await tab.evaluate('told.length'), 4);
}

/** A pop-up that the browser does not allow, or no net: the file is saved instead. */
async function testRefused(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  await tab.evaluate(
    `(() => { globalThis.open = () => null; globalThis.saved = 0; URL.createObjectURL = () => (saved++, '#l=1'); })()`,
  );
  await press(tab, 'trace-perfetto');
  check('without a window the trace is saved', await tab.evaluate('saved'), 1);
  check('and this is said', /cannot be opened from here/.test(await tab.evaluate(said)), true);
}

export function testPerfetto(browser) {
  return testInTab(`perfetto in ${browser}`, browser, async (tab, site, address, check) => {
    const [lesson] = lessonsOf(site);
    await testHandOver(tab, address, lesson, check);
    await testRefused(tab, address, lesson, check);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  report(await testPerfetto(browser), browser);
}
