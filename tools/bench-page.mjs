// Runs one benchmark program in a page of headless Chromium, in a browser of its own.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { open } from '../tests/browser/open.mjs';
import { root } from './process.mjs';

const TIMEOUT_MS = 180_000;
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

function send(response, path) {
  try {
    const bytes = readFileSync(path);
    response.setHeader('content-type', types[extname(path)] ?? 'text/plain');
    response.end(bytes);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}

/** Serves the page, our package, the peers and the program; `report` gets what the page posts. */
function serve({ kind, path }, args, report) {
  const job = JSON.stringify({ kind, args, bindings: kind === 'js' && Boolean(path) });
  return createServer(async (request, response) => {
    response.setHeader('cross-origin-opener-policy', 'same-origin'); // finer performance.now()
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    const url = normalize(new URL(request.url, 'http://localhost').pathname);
    if (url === '/report') {
      let text = '';
      for await (const chunk of request.setEncoding('utf8')) text += chunk;
      response.end();
      return report(JSON.parse(text));
    }
    if (url === '/job') return response.end(job);
    if (url === '/') return send(response, join(root, 'tests/bench/page.html'));
    if (url.startsWith('/program')) return send(response, path + url.slice('/program'.length));
    if (url === '/bridge.mjs' || url.startsWith('/peers/')) return send(response, join(root, 'tests/bench', url));
    send(response, url.startsWith('/dist/') ? join(root, url) : '');
  });
}

/** { out, error }, as from a command. */
export async function runInPage(browser, program, args) {
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const server = serve(program, args, finish);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await open(browser);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const alarm = setTimeout(() => finish({ out: '', error: 'took too long' }), TIMEOUT_MS);
  const result = await finished;
  clearTimeout(alarm);
  await page.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return result;
}
