// A page in headless Chromium that runs modules and reports to the server it came from. It needs no
// driver: the page asks for the next module and posts what happened.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

async function body(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

function sendFile(response, path) {
  try {
    const bytes = readFileSync(path);
    response.setHeader('content-type', types[extname(path)] ?? 'text/plain');
    response.end(bytes);
  } catch {
    response.statusCode = 404;
    response.end('not found');
  }
}

/** Serves the page, dist/ and the modules; `report` gets what the page posts. */
function serve(modules, report) {
  const list = modules.map(({ name, args = [] }) => ({ name, args }));
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/report') {
      report(JSON.parse(await body(request)));
      return response.end();
    }
    const module = /^\/module\/(\d+)$/.exec(pathname);
    if (pathname === '/modules') return response.end(JSON.stringify(list));
    if (module) return sendFile(response, modules[module[1]]?.path ?? '');
    if (pathname === '/') return sendFile(response, join(root, 'tests/browser/harness.html'));
    const path = normalize(pathname);
    return sendFile(response, path.startsWith('/dist/') ? join(root, path) : '');
  });
}

export function launch(executable, url) {
  const profile = mkdtempSync(join(tmpdir(), 'rouse-chromium-'));
  const child = spawn(executable, [...flags, `--user-data-dir=${profile}`, url], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true, // a group of its own: its renderers end with it
  });
  let log = '';
  child.stderr.on('data', (chunk) => (log = (log + chunk).slice(-2000)));
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(`ended with ${code ?? signal}\n${log}`));
  });
  const close = async () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it has ended by itself, or never begun
    }
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  return { ended, close };
}

/** Runs every module in one page, in order. Gives {index, code, stdout, stderr} or {index, error} for
    each that was reported, and why the rest was not. */
export async function runInChromium(modules, { executable = 'chromium', silence = 60_000 } = {}) {
  const results = [];
  let finish, alarm;
  const finished = new Promise((resolve) => (finish = resolve));
  const watch = () => {
    clearTimeout(alarm);
    alarm = setTimeout(() => finish(`nothing was heard for ${silence / 1000} s`), silence);
  };
  const server = serve(modules, (message) => {
    watch();
    if (message.done) finish(message.error);
    else results.push(message);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = launch(executable, `http://127.0.0.1:${server.address().port}/`);
  watch();
  const problem = await Promise.race([
    finished,
    browser.ended.then((why) => `${executable}: ${why}`),
  ]);
  clearTimeout(alarm);
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { results, problem };
}
