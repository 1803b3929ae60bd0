// A page that runs modules and reports to the server it came from: it asks for the list, and posts what
// happened with each.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from './open.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

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

/** Runs every module in one page, in order. Gives {index, code, stdout, stderr} or {index, error} for
    each that was reported, and why the rest was not. */
export async function runInPage(browserName, modules, { silence = 60_000 } = {}) {
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
  watch();
  let page;
  let problem;
  try {
    page = await open(browserName);
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    problem = await finished;
  } catch (error) {
    problem = error.message;
  }
  clearTimeout(alarm);
  await page?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { results, problem };
}
