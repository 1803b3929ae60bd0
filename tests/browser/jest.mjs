// The tests of the JavaScript module in a page: the files that Jest runs in Node, each in a page of its own.
// Which: all but those that import something of Node's or of npm, themselves or through what they import.
// As a command: `node tests/browser/jest.mjs [chromium | firefox | webkit] [FILE...]`.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../tools/process.mjs';
import { compileScripts } from '../../tools/web.mjs';
import { borrow } from './open.mjs';
import { serveReports } from './reports.mjs';

const SILENCE_MS = 300_000;

const folder = join(root, 'tests/js');
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.test.mjs'))
  .map((file) => file.slice(0, -'.test.mjs'.length))
  .sort();

function needsNode(path) {
  const imported = readFileSync(path, 'utf8').matchAll(/^import [^;]*?'([^']+)';/gm);
  return [...imported].some(([, name]) => {
    if (name.startsWith('.')) return !name.includes('/dist/') && needsNode(join(dirname(path), name));
    return name !== '@jest/globals';
  });
}
const inNodeOnly = all.filter((file) => needsNode(join(folder, `${file}.test.mjs`)));
const files = all.filter((file) => !inNodeOnly.includes(file));

const page = (file) => `<!doctype html>
<meta charset="utf-8" />
<title>rouse: ${file}</title>
<script type="importmap">{ "imports": { "@jest/globals": "/jest.js" } }</script>
<script type="module">
  const report = (message) => fetch('/report', { method: 'POST', body: JSON.stringify(message) });
  async function run() {
    const { runAll } = await import('@jest/globals');
    await import('/tests/js/${file}.test.mjs');
    await runAll(report);
  }
  run().then(() => report({ done: true }), (error) => report({ done: true, error: String(error?.stack ?? error) }));
</script>`;

/** What Jest's packages want of Node is not called in a page. */
const withoutNode = {
  name: 'without-node',
  setup(build) {
    const builtin = /^(node:)?(fs|path|os|util(\/types)?|url|module|assert|tty|stream|constants|process|graceful-fs)$/;
    build.onResolve({ filter: builtin }, ({ path }) => ({ path, namespace: 'nothing' }));
    const same = 'basename dirname join relative resolve inherits fileURLToPath'.split(' ');
    const contents = `const same = (x) => x; module.exports = { sep: '/', builtinModules: [], ${same
      .map((name) => `${name}: same`)
      .join(', ')} };`;
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents }));
  },
};

async function bundleJest() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(root, 'tests/browser/jest-page.mjs')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    mainFields: ['browser', 'main'],
    conditions: ['require'],
    plugins: [withoutNode],
    logLevel: 'error',
    define: { global: 'globalThis', __dirname: '"/"', __filename: '"/"' },
    banner: { js: 'var process = { env: {}, platform: "linux", versions: {}, cwd: () => "/", argv: [] };' },
  });
  return outputFiles[0].contents;
}

/** A page for each file, what it imports, and the programs. */
const finder = (jest) => (path) => {
  if (path === '/jest.js') return { body: jest, type: 'text/javascript' };
  const file = /^\/run\/([\w-]+)$/.exec(path)?.[1];
  if (file) return { body: page(file), type: 'text/html' };
  return /^\/(dist|docs|tests\/js|build\/js-programs)\//.test(path) ? join(root, path) : undefined;
};

/** Hears a page until it is done: what was wrong with all of it. `tell` gets each test. */
function listen(listener, tell) {
  return new Promise((resolve) => {
    let alarm;
    const end = (problem) => {
      clearTimeout(alarm);
      resolve(problem);
    };
    const watch = () => {
      clearTimeout(alarm);
      alarm = setTimeout(end, SILENCE_MS, `nothing was heard for ${SILENCE_MS / 1000} s`);
    };
    listener.heard = (message) => {
      watch();
      if (message.done) end(message.error);
      else tell(message);
    };
    watch();
  });
}

/** Runs each file, and gives what a suite gives. */
export async function testJavaScriptIn(browser, chosen = files) {
  const result = { passed: 0, failed: 0, skipped: [], log: '', note: `for Node only: ${inNodeOnly.join(', ')}` };
  await compileScripts();
  await (await import('../js/compile.mjs')).default();
  const listener = {};
  const server = await serveReports(finder(await bundleJest()), (message) => listener.heard(message));
  const shown = await borrow(browser);
  for (const file of chosen) {
    const tell = ({ path, error, skipped }) => {
      const what = path ? `${file}: ${path}` : file;
      if (skipped) return result.skipped.push(what);
      if (!error) return result.passed++;
      result.log += `${what}: ${error}\n`;
      result.failed++;
    };
    const ended = listen(listener, tell);
    await shown.goto(`${server.address}/run/${file}`);
    const error = await ended;
    if (error) tell({ error });
  }
  await shown.close();
  await server.close();
  return result;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [browser = 'chromium', ...chosen] = process.argv.slice(2);
  const { passed, failed, skipped, log, note } = await testJavaScriptIn(browser, chosen.length ? chosen : files);
  if (log) console.log(log);
  for (const name of skipped) console.log(`skipped: ${name}`);
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped in ${browser}; ${note}`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}
