// A page in a real browser, which is already installed: the same few calls for Chromium, Firefox and WebKit.
//
//   const page = await open('firefox', { dark: true });
//   await page.goto(url);  await page.resize(390, 844);  await page.press('Control+Enter');
//   await page.waitFor(`document.title === 'done'`);      // any expression, promises are awaited
//   await page.close();
//
// `open` starts a browser of its own; `borrow` takes one that runs already, with nothing that another has left there.
// `errors` collects what the page complains about, `requests` what it asked for. WebKit tells of neither.
import { setTimeout as sleep } from 'node:timers/promises';
import { findTool } from '../../tools/setup.mjs';
import { openWebKit } from './webkit.mjs';

export const browsers = ['chromium', 'firefox', 'webkit'];

const PATIENCE_MS = 120_000;
const chromiumFlags = ['--no-sandbox', '--disable-quic', '--disable-background-networking'];
const firefoxScheme = 'layout.css.prefers-color-scheme.content-override'; // 0 dark, 1 light

/** Chromium over the DevTools protocol, Firefox over WebDriver BiDi. */
class PuppetPage {
  errors = [];
  requests = [];

  constructor(page, close) {
    Object.assign(this, { page, close });
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (entry) => entry.type() === 'error' && this.errors.push(entry.text()));
    page.on('request', (request) => this.requests.push(request.url()));
  }

  goto(url) {
    return this.page.goto(url);
  }

  evaluate(expression) {
    return this.page.evaluate(expression);
  }

  resize(width, height) {
    return this.page.setViewport({ width, height });
  }

  async press(keys) {
    const names = keys.split('+');
    for (const name of names) await this.page.keyboard.down(name);
    for (const name of names.reverse()) await this.page.keyboard.up(name);
  }

  screenshot() {
    return this.page.screenshot();
  }
}

async function launch(name, dark) {
  const { default: puppeteer } = await import('puppeteer-core');
  const isFirefox = name === 'firefox';
  return puppeteer.launch({
    browser: isFirefox ? 'firefox' : 'chrome',
    executablePath: await findTool(name),
    args: isFirefox ? [] : chromiumFlags,
    pipe: !isFirefox, // no port that could be taken
    extraPrefsFirefox: { [firefoxScheme]: dark ? 0 : 1 },
    timeout: PATIENCE_MS,
    protocolTimeout: 3 * PATIENCE_MS,
  });
}

async function makePage(context, name, dark, close) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.bringToFront(); // without it nothing has the focus
  const scheme = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }];
  if (name !== 'firefox') await page.emulateMediaFeatures(scheme);
  return withPatience(new PuppetPage(page, close));
}

/** A new browser with one empty page, which ends with it. */
export async function open(name, { dark = false } = {}) {
  if (name === 'webkit') return withPatience(await openWebKit(name, { dark }));
  const browser = await launch(name, dark);
  return makePage(browser, name, dark, () => browser.close());
}

const idle = new Map(); // by kind: those that nobody uses

/** An empty page whose storage is its own, in a browser that nobody else uses meanwhile: what is in the background
    is slow. Starting WebKit costs next to nothing. */
export async function borrow(name, { dark = false } = {}) {
  if (name === 'webkit') return open(name, { dark });
  const kind = `${name} ${dark}`;
  const browser = idle.get(kind)?.pop() ?? (await launch(name, dark));
  const context = await browser.createBrowserContext();
  return makePage(context, name, dark, async () => {
    await context.close();
    idle.set(kind, [...(idle.get(kind) ?? []), browser]);
  });
}

/** Ends those that were borrowed. */
export async function closeBrowsers() {
  const all = [...idle.values()].flat();
  idle.clear();
  for (const browser of all) await browser.close();
}

function withPatience(page) {
  page.waitFor = async (expression) => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(30))
      if (await page.evaluate(expression)) return;
    throw new Error(`this never became true: ${expression}`);
  };
  return page;
}
