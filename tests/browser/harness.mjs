// A page that runs modules and reports to the server it came from: it asks for the list, and posts what
// happened with each.
import { join } from 'node:path';
import { root } from '../../tools/process.mjs';
import { borrow } from './open.mjs';
import { serveReports } from './reports.mjs';

/** What the page asks for: itself, dist/, the list of what to run and each module. */
function finder(modules) {
  const paths = [...new Set(modules.map(({ path }) => path))];
  const isShared = (path) => modules.filter((module) => module.path === path).length > 1;
  const shared = paths.map(isShared);
  const entry = ({ name, path, args = [] }, at = paths.indexOf(path)) => ({
    name,
    args,
    module: at,
    shared: shared[at],
  });
  const list = JSON.stringify(modules.map((module) => entry(module)));
  return (path) => {
    if (path === '/') return join(root, 'tests/browser/harness.html');
    if (path === '/modules') return { body: list, type: 'application/json' };
    const module = /^\/module\/(\d+)$/.exec(path);
    if (module) return paths[module[1]];
    return path.startsWith('/dist/') ? join(root, path) : undefined;
  };
}

/** Runs every module in one page, in order. Gives {index, code, stdout, stderr} or {index, error} for
    each that was reported, and why the rest was not. */
export async function runInPage(browserName, modules, { silence = 300_000 } = {}) {
  const results = [];
  let finish, alarm;
  const finished = new Promise((resolve) => (finish = resolve));
  const watch = () => {
    clearTimeout(alarm);
    alarm = setTimeout(() => finish(`nothing was heard for ${silence / 1000} s`), silence);
  };
  const server = await serveReports(finder(modules), (message) => {
    watch();
    if (message.done) finish(message.error);
    else results.push(message);
  });
  watch();
  let page;
  let problem;
  try {
    page = await borrow(browserName);
    await page.goto(server.address);
    problem = await finished;
  } catch (error) {
    problem = error.message;
  }
  clearTimeout(alarm);
  await page?.close();
  await server.close();
  return { results, problem };
}
