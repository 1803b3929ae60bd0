// A page in a real browser, which is already installed: the same few calls for Chromium, Firefox and WebKit.
//
//   const page = await open('firefox', { dark: true });
//   await page.goto(url);  await page.resize(390, 844);  await page.press('Control+Enter');
//   await page.waitFor(`document.title === 'done'`);      // any expression, promises are awaited
//   await page.close();
//
// `errors` collects what the page complains about, `requests` what it asked for. WebKit tells of neither.
import { setTimeout as sleep } from 'node:timers/promises';
import { findTool } from '../../tools/setup.mjs';
import { openWebKit } from './webkit.mjs';

export const browsers = ['chromium', 'firefox', 'webkit'];

const PATIENCE_MS = 20_000;
const chromiumFlags = ['--no-sandbox', '--disable-quic', '--disable-background-networking'];
const firefoxScheme = 'layout.css.prefers-color-scheme.content-override'; // 0 dark, 1 light

/** Chromium over the DevTools protocol, Firefox over WebDriver BiDi. */
class PuppetPage {
  errors = [];
  requests = [];

  constructor(browser, page) {
    Object.assign(this, { browser, page });
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

  close() {
    return this.browser.close();
  }
}

async function openPuppet(name, { dark }) {
  const { default: puppeteer } = await import('puppeteer-core');
  const isFirefox = name === 'firefox';
  const browser = await puppeteer.launch({
    browser: isFirefox ? 'firefox' : 'chrome',
    executablePath: await findTool(name),
    args: isFirefox ? [] : chromiumFlags,
    pipe: !isFirefox, // no port that could be taken
    extraPrefsFirefox: { [firefoxScheme]: dark ? 0 : 1 },
  });
  const page = await browser.newPage();
  await page.bringToFront(); // without it nothing has the focus
  const scheme = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }];
  if (!isFirefox) await page.emulateMediaFeatures(scheme);
  return new PuppetPage(browser, page);
}

/** A new browser with one empty page. */
export async function open(name, { dark = false } = {}) {
  const page = await (name === 'webkit' ? openWebKit : openPuppet)(name, { dark });
  page.waitFor = async (expression) => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(30))
      if (await page.evaluate(expression)) return;
    throw new Error(`this never became true: ${expression}`);
  };
  return page;
}
