// Runs one benchmark program in a page of headless Chromium, in a browser of its own.
import { join } from 'node:path';
import { open } from '../tests/browser/open.mjs';
import { serveReports } from '../tests/browser/reports.mjs';
import { root } from './process.mjs';

const TIMEOUT_MS = 180_000;
// With these performance.now() is finer.
const isolated = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** What the page asks for: itself, our package, the peers and the program. */
function finder({ kind, path: program }, args) {
  const job = JSON.stringify({ kind, args, bindings: kind === 'js' && Boolean(program) });
  return (path) => {
    if (path === '/') return join(root, 'tests/bench/page.html');
    if (path === '/job') return { body: job, type: 'application/json' };
    if (path.startsWith('/program')) return program + path.slice('/program'.length);
    if (path === '/bridge.mjs' || path.startsWith('/peers/')) return join(root, 'tests/bench', path);
    return path.startsWith('/dist/') ? join(root, path) : undefined;
  };
}

/** { out, error }, as from a command. */
export async function runInPage(browser, program, args) {
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const server = await serveReports(finder(program, args), finish, isolated);
  const page = await open(browser);
  await page.goto(server.address);
  const alarm = setTimeout(() => finish({ out: '', error: 'took too long' }), TIMEOUT_MS);
  const result = await finished;
  clearTimeout(alarm);
  await page.close();
  await server.close();
  return result;
}
