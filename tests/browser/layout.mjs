// What is on the screen and how it is reached: the window of keys, keys of one character, borders that are moved,
// the views and the sheet of a narrow screen, and what is told to a screen reader.
//   node tests/browser/layout.mjs [BROWSER]
import { fileURLToPath } from 'node:url';
import { browsers } from './open.mjs';
import { lessonsOf, openLesson, place, press, ready, report, testInTab } from './site.mjs';

const isOpen = `document.getElementById('help').open`;
const title = `document.getElementById('title').textContent`;
const focused = `document.activeElement.id`;
const frame = `new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))`;
const focus = (tab, id) => tab.evaluate(`document.getElementById('${id}').focus()`);
const isSeen = (selector) => `document.querySelector('${selector}').getClientRects().length > 0`;
/** A key, and until what it does is on the screen. */
async function type(tab, key) {
  await tab.press(key);
  await tab.evaluate(frame);
}
const step = async (tab) => Number((await tab.evaluate(place)).split('/')[0]);

async function testHelp(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  await type(tab, '?');
  check('? opens the window of keys', await tab.evaluate(isOpen), true);
  await type(tab, 'ArrowRight');
  check('in it no key steps', await step(tab), 0);
  await type(tab, 'Escape');
  check('Escape closes it', await tab.evaluate(isOpen), false);
  await press(tab, 'help-open');
  check('a button opens it, too', await tab.evaluate(isOpen), true);
  await press(tab, 'letters');
  await press(tab, 'help-close');
  for (let i = 0; i < 2; i++) {
    const when = i === 0 ? 'at once' : 'on the next visit';
    await type(tab, '?');
    await type(tab, ']');
    check(
      `switched off, a key of one character does nothing ${when}`,
      [await tab.evaluate(isOpen), await tab.evaluate(title)],
      [false, lesson.title],
    );
    const before = await step(tab);
    await type(tab, 'ArrowRight');
    check(`while arrows step, ${when}`, (await step(tab)) - before, 1);
    await openLesson(tab, address, lesson);
  }
  await press(tab, 'letters');
  await type(tab, '?');
  check('switched on again, it does', await tab.evaluate(isOpen), true);
  await type(tab, 'Escape');
}

/** [border, the key that makes its panel grow, a panel, whether its width counts]. */
const borders = [
  ['split-intro', 'ArrowRight', '.intro', 'width'],
  ['split-code', 'ArrowRight', '.code-c', 'width'],
  ['split-inspector', 'ArrowLeft', '.inspector', 'width'],
  ['split-out', 'ArrowUp', '#c-out', 'height'],
  ['split-time', 'ArrowUp', '#timeline', 'height'],
];
const values = (id) =>
  `['now', 'min', 'max'].map((name) => Number(document.getElementById('${id}').getAttribute('aria-value' + name)))`;
const sizeOf = (selector, side) => `document.querySelector('${selector}').getBoundingClientRect().${side}`;

async function testBorders(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  for (const [id, key, panel, side] of borders) {
    const usual = await tab.evaluate(sizeOf(panel, side));
    await focus(tab, id);
    await type(tab, key);
    const size = await tab.evaluate(sizeOf(panel, side));
    check(`${id}: a key makes its panel larger`, size > usual + 5 || [usual, size], true);
    await type(tab, 'Home');
    const [now, least, most] = await tab.evaluate(values(id));
    check(`${id}: Home is its least`, now === least && least < most, true);
    await type(tab, 'End');
    check(`${id}: End is its most`, (await tab.evaluate(values(id)))[0], most);
    await type(tab, 'Enter');
    check(`${id}: Enter puts it back`, Math.abs((await tab.evaluate(sizeOf(panel, side))) - usual) < 1, true);
  }
  check('no key has stepped', await step(tab), 0);
  await focus(tab, 'split-intro');
  for (let i = 0; i < 3; i++) await type(tab, 'ArrowRight');
  const [chosen] = await tab.evaluate(values('split-intro'));
  await openLesson(tab, address, lesson);
  check('where it was put it is on the next visit', (await tab.evaluate(values('split-intro')))[0], chosen);
  if (tab.page) await testDrag(tab, check);
  await focus(tab, 'split-intro');
  await type(tab, 'Enter');
}

async function testDrag(tab, check) {
  const [before] = await tab.evaluate(values('split-intro'));
  const [x, y] = await tab.evaluate(
    `(() => { const { left, top, width, height } = document.getElementById('split-intro').getBoundingClientRect(); return [left + width / 2, top + height / 2]; })()`,
  );
  await tab.page.mouse.move(x, y);
  await tab.page.mouse.down();
  await tab.page.mouse.move(x + 20, y, { steps: 4 });
  await tab.page.mouse.up();
  await tab.page.mouse.move(x + 90, y);
  check('a pointer takes it along, until it lets go', (await tab.evaluate(values('split-intro')))[0], before + 20);
}

async function testNarrow(tab, address, lesson, check) {
  await tab.resize(390, 844);
  await openLesson(tab, address, lesson);
  const seen = async () => {
    const list = [];
    for (const name of ['#timeline', '.code-c', '.code-js', '.out-c', '.out-js'])
      if (await tab.evaluate(isSeen(name))) list.push(name);
    return list;
  };
  const choose = (view) => tab.evaluate(`document.querySelector('[data-view="${view}"][aria-pressed]').click()`);
  check('narrow: time comes first', await seen(), ['#timeline', '.out-c', '.out-js']);
  const tap = async (y) => {
    await tab.evaluate(`(() => { const track = document.querySelector('.track'); track.scrollTop = 0; const { left, top } = track.getBoundingClientRect();
      track.dispatchEvent(new MouseEvent('click', { clientX: left + 30, clientY: top + ${y} })); })()`);
    await tab.evaluate(frame);
    return step(tab);
  };
  const [early, late] = [await tap(40), await tap(240)];
  check('narrow: in the timeline down is later', (early > 0 && late > early + 5) || [early, late], true);
  const canvas = `(({ width, height }) => height > width)(document.querySelector('#timeline canvas').getBoundingClientRect())`;
  check('narrow: it stands upright', await tab.evaluate(canvas), true);
  await press(tab, 'last');
  check('narrow: the step is scrolled to', await tab.evaluate(`document.querySelector('.track').scrollTop > 0`), true);
  await choose('c');
  check('narrow: C alone', await seen(), ['.code-c', '.out-c']);
  await choose('js');
  check('narrow: JavaScript alone', await seen(), ['.code-js', '.out-js']);
  check('narrow: no inspector', await tab.evaluate(isSeen('#inspector')), false);
  await press(tab, 'sheet-open');
  check(
    'narrow: a button opens it as a sheet, and goes there',
    [await tab.evaluate(isSeen('#inspector')), await tab.evaluate(focused)],
    [true, 'tab-now'],
  );
  await type(tab, 'Escape');
  check(
    'narrow: Escape closes it, and goes back',
    [await tab.evaluate(isSeen('#inspector')), await tab.evaluate(focused)],
    [false, 'sheet-open'],
  );
}

/** A wide screen at four times its size: all in one column, and little of it stands still. */
async function testZoom(tab, address, lessons, check) {
  await tab.resize(320, 256);
  for (const lesson of lessons) {
    await openLesson(tab, address, lesson);
    const extra = await tab.evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`);
    check(`lesson ${lesson.number}: one column at four times the size`, extra, 0);
  }
  const still = `[...document.querySelectorAll('main *')].filter((e) => getComputedStyle(e).position === 'fixed').length`;
  check('and nothing stands in front of it', await tab.evaluate(still), 0);
  await tab.resize(1440, 900);
}

/** However fast it plays, who listens is told one sentence in half a second. */
async function testSpeech(tab, address, lesson, check) {
  await openLesson(tab, address, lesson);
  await tab.evaluate(
    `(() => { globalThis.times = []; new MutationObserver(() => times.push(performance.now())).observe(document.getElementById('told'), { childList: true }); })()`,
  );
  await tab.evaluate(
    `(document.getElementById('speed').value = '4', document.getElementById('speed').dispatchEvent(new Event('change')))`,
  );
  await press(tab, 'play');
  await tab.waitFor('times.length > 4');
  await press(tab, 'play');
  const pauses = await tab.evaluate(`times.slice(1).map((time, i) => time - times[i])`);
  check(
    'at most one sentence in half a second',
    pauses.filter((ms) => ms < 450),
    [],
  );
  await press(tab, 'last');
  await tab.waitFor(
    `document.getElementById('told').textContent.endsWith(document.querySelector('#sentence span').textContent)`,
  );
}

/** No motion for who wants none; and with the system's own colours, what is chosen has an outline. */
async function testPreferences(tab, address, lesson, check) {
  const client = await tab.page.createCDPSession();
  const prefer = (name, value) => client.send('Emulation.setEmulatedMedia', { features: [{ name, value }] });
  const moving = `[...document.querySelectorAll('*')].filter((e) => { const { transitionDuration, animationName } = getComputedStyle(e);
    return parseFloat(transitionDuration) > 0 || animationName !== 'none'; }).map((e) => e.tagName + '.' + e.className)`;
  await prefer('prefers-reduced-motion', 'reduce');
  for (const width of [1440, 390]) {
    await tab.resize(width, 844);
    await openLesson(tab, address, lesson, '&s=20');
    if (width === 390) await press(tab, 'sheet-open');
    check(`reduced motion: nothing moves at ${width}`, await tab.evaluate(moving), []);
  }
  await prefer('forced-colors', 'active');
  await tab.resize(1440, 900);
  await openLesson(tab, address, lesson, '&s=20');
  for (const chosen of ['nav [aria-current]', '.tabs [aria-selected="true"]', '#c-code .lit', '#js-code .now'])
    check(
      `forced colours: ${chosen}`,
      await tab.evaluate(`getComputedStyle(document.querySelector('${chosen}')).outlineStyle`),
      'solid',
    );
  await client.send('Emulation.setEmulatedMedia', { features: [] });
}

async function testIntro(tab, address, lessons, check) {
  await openLesson(tab, address, lessons[0]);
  await press(tab, 'number');
  const titles = `[...document.querySelectorAll('#titles a')].map((e) => e.lastChild.textContent)`;
  check(
    'below its number are all titles',
    await tab.evaluate(titles),
    lessons.map((lesson) => lesson.title),
  );
  await focus(tab, 'number');
  await type(tab, 'Escape');
  check('Escape closes them', await tab.evaluate(`document.getElementById('contents').open`), false);
  await press(tab, 'next');
  await tab.waitFor(`${title} === ${JSON.stringify(lessons[1].title)} && ${ready}`);
  const sizes = lessons.find(({ slider }) => slider);
  await openLesson(tab, address, sizes);
  check('the slider comes with the insight', await tab.evaluate(isSeen('#sizes')), false);
  await press(tab, 'last');
  await tab.evaluate(
    `(document.getElementById('many').value = 100, document.getElementById('many').dispatchEvent(new Event('input')))`,
  );
  const text = (id) => tab.evaluate(`document.getElementById('${id}').textContent`);
  check('it counts bytes', [await text('many-count'), await text('many-c')], ['10,000 uploads wait', '880,000 bytes']);
  await openLesson(tab, address, sizes, '&b=1');
  await press(tab, 'last');
  check('those of the variant, too', await text('many-c'), '4,184 bytes');
}

export function testLayout(browser) {
  return testInTab(`layout in ${browser}`, browser, async (tab, site, address, check) => {
    const lessons = lessonsOf(site);
    await testHelp(tab, address, lessons[0], check);
    await testBorders(tab, address, lessons[0], check);
    await testNarrow(tab, address, lessons[0], check);
    await testZoom(tab, address, lessons, check);
    await testSpeech(tab, address, lessons[0], check);
    await testIntro(tab, address, lessons, check);
    if (browser === 'chromium') await testPreferences(tab, address, lessons[0], check);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  report(await testLayout(browser), browser);
}
