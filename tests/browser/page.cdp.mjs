// Drives a Chromium that is already installed over the DevTools protocol, through a pipe: no port that
// could be taken, no package.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { which } from '../../tools/process.mjs';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-extensions', '--remote-debugging-pipe',
];
const TIMEOUT_MS = 20_000;

export const findChromium = () => which('chromium', 'chromium-browser', 'google-chrome');

/** Messages are JSON, each followed by a NUL. */
class Pipe {
  #next = 1;
  #waiting = new Map();
  #rest = Buffer.alloc(0);

  constructor(output, input, onEvent) {
    this.output = output;
    this.onEvent = onEvent;
    input.on('data', (chunk) => this.#take(chunk));
  }

  #take(chunk) {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (let end; (end = this.#rest.indexOf(0)) >= 0; ) {
      const message = JSON.parse(this.#rest.subarray(0, end).toString());
      this.#rest = this.#rest.subarray(end + 1);
      const waiter = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (!waiter) this.onEvent(message);
      else if (message.error) waiter.reject(new Error(message.error.message));
      else waiter.resolve(message.result);
    }
  }

  send(method, params = {}, sessionId) {
    const id = this.#next++;
    this.output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${method}: no answer`)), TIMEOUT_MS);
      const settle = (done) => (value) => (clearTimeout(late), done(value));
      this.#waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
    });
  }
}

/** What the page complains about, as text; undefined for other events. */
function complaint({ method, params }) {
  if (method === 'Runtime.exceptionThrown') return params.exceptionDetails.exception?.description;
  if (method === 'Log.entryAdded' && params.entry.level === 'error')
    return `${params.entry.text} ${params.entry.url ?? ''}`;
  const isError = method === 'Runtime.consoleAPICalled' && params.type === 'error';
  return isError ? params.args.map(({ value }) => value).join(' ') : undefined;
}

async function start(onEvent) {
  const profile = mkdtempSync(join(tmpdir(), 'rouse-page-'));
  const args = [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'];
  const child = spawn(findChromium(), args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const pipe = new Pipe(child.stdio[3], child.stdio[4], onEvent);
  const gone = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    await pipe.send('Browser.close').catch(() => child.kill());
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { pipe, stop };
}

class Tab {
  errors = [];
  requests = [];

  constructor(send, close) {
    Object.assign(this, { send, close });
  }

  open(url) {
    return this.send('Page.navigate', { url });
  }

  async evaluate(expression) {
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'it threw');
    return result.value;
  }

  async waitFor(expression) {
    for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; ) {
      if (await this.evaluate(expression)) return;
      await new Promise((done) => setTimeout(done, 30));
    }
    throw new Error(`this never became true: ${expression}`);
  }

  resize(width, height) {
    const size = { width, height, deviceScaleFactor: 1, mobile: width < 700 };
    return this.send('Emulation.setDeviceMetricsOverride', size);
  }

  scheme(value) {
    const features = [{ name: 'prefers-color-scheme', value }];
    return this.send('Emulation.setEmulatedMedia', { features });
  }

  async press(key, modifiers = 0) {
    const event = { key, code: key, modifiers, windowsVirtualKeyCode: key === 'Enter' ? 13 : 0 };
    await this.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }

  async screenshot(whole = false) {
    const { data } = await this.send('Page.captureScreenshot', { captureBeyondViewport: whole });
    return Buffer.from(data, 'base64');
  }
}

/** A new browser with one tab; `errors` and `requests` collect what the page did. */
export async function openBrowser() {
  let tab;
  const { pipe, stop } = await start((event) => {
    const text = complaint(event);
    if (text) tab?.errors.push(text);
    if (event.method === 'Network.requestWillBeSent') tab?.requests.push(event.params.request.url);
  });
  const { targetId } = await pipe.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await pipe.send('Target.attachToTarget', { targetId, flatten: true });
  tab = new Tab((method, params) => pipe.send(method, params, sessionId), stop);
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await tab.send(`${domain}.enable`);
  return tab;
}
