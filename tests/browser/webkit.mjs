// WebKitGTK's small browser, driven by WebDriver over HTTP, on a screen of its own that nobody sees.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const KEYS = {
  Enter: '\uE007',
  Control: '\uE009',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};
const START_MS = 120_000;
const TIMEOUTS = { script: 120_000, pageLoad: 300_000 };
// Full screen: the window has no bars, which have a least width, and takes any size.
const flags = ['--automation', '--full-screen'];
const environment = { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', NO_AT_BRIDGE: '1' };

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** An X server without a screen; larger than any window. Gives the process and its DISPLAY. */
async function startScreen() {
  const args = ['-displayfd', '3', '-screen', '0', '1600x6000x24', '-nolisten', 'tcp'];
  const screen = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await Promise.race([once(screen.stdio[3], 'data'), once(screen, 'exit')]);
  if (screen.exitCode !== null) throw new Error('Xvfb did not start');
  return { screen, DISPLAY: `:${String(number[0]).trim()}` };
}

async function ask(method, url, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function answers(address) {
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(30))
    if (await ask('GET', `${address}/status`).catch(() => undefined)) return;
  throw new Error('WebKitWebDriver did not start');
}

function startDriver(port, DISPLAY) {
  const env = { ...process.env, ...environment, DISPLAY };
  const options = { env, detached: true, stdio: 'ignore' }; // a group: its browser ends with it
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], options);
  driver.on('error', () => {}); // then it does not answer, either
  return driver;
}

class WebKitPage {
  errors = []; // its driver tells of neither
  requests = [];

  constructor(session, end) {
    this.end = end;
    this.ask = (method, path, body) => ask(method, session + path, body);
  }

  goto(url) {
    return this.ask('POST', '/url', { url });
  }

  /** As text, for the driver puts the keys of objects in an order of its own. */
  async evaluate(expression) {
    const script = `return Promise.resolve(${expression}).then((value) => JSON.stringify(value));`;
    const text = await this.ask('POST', '/execute/sync', { script, args: [] });
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  }

  resize(width, height) {
    return this.ask('POST', '/window/rect', { width, height });
  }

  press(keys) {
    const values = keys.split('+').map((name) => KEYS[name] ?? name);
    const down = values.map((value) => ({ type: 'keyDown', value }));
    const up = values.toReversed().map((value) => ({ type: 'keyUp', value }));
    const actions = [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }];
    return this.ask('POST', '/actions', { actions });
  }

  async screenshot() {
    return Buffer.from(await this.ask('GET', '/screenshot'), 'base64');
  }

  async close() {
    await this.ask('DELETE', '').catch(() => {}); // it has ended by itself
    this.end();
  }
}

export async function openWebKit(name, { dark }) {
  const { screen, DISPLAY } = await startScreen();
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const driver = startDriver(port, DISPLAY);
  const end = () => {
    process.off('exit', end);
    if (driver.pid && driver.exitCode === null) process.kill(-driver.pid);
    screen.kill();
  };
  process.on('exit', end);
  const args = dark ? [...flags, '--dark-mode'] : flags;
  const capabilities = { alwaysMatch: { timeouts: TIMEOUTS, 'webkitgtk:browserOptions': { args } } };
  try {
    await answers(address);
    const { sessionId } = await ask('POST', `${address}/session`, { capabilities });
    return new WebKitPage(`${address}/session/${sessionId}`, end);
  } catch (error) {
    end();
    throw error;
  }
}
