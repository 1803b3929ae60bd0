// `devtools: true` in Chromium, seen from its own debugger: who a function called by C was called by, and
// what the Performance panel is told.
//   node tests/browser/devtools.mjs
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { serve } from '../../tools/web-serve.mjs';
import { borrow, closeBrowsers } from './open.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const script = `
const { load } = await import('./dist/index.js');
const heard = [];
new PerformanceObserver((list) => heard.push(...list.getEntries())).observe({ type: 'measure' });
const other = () => {};
const imports = {
  async fetchText(url) {
    debugger;
    return url;
  },
  measure: other, getI32: other, getValue: other, getBytes: other, beep: other,
};
const app = await load(new URL('./imports.wasm', location.href), { devtools: true, imports });
function whoCallsC() {
  return app.download('a');
}
globalThis.run = async () => {
  await whoCallsC();
  const tracks = () => new Set(heard.map(({ detail }) => detail.devtools.track)).size;
  for (let tries = 0; tries < 1000 && tracks() < 3; tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  return heard.map(({ name, detail }) => detail.devtools.track + ': ' + name).sort();
};
document.title = 'ready';
`;

const page = '<!doctype html><link rel="icon" href="data:," /><script type="module" src="page.js"></script>';

function makeFolder(programs) {
  const folder = mkdtempSync(join(tmpdir(), 'rouse-devtools-'));
  mkdirSync(join(folder, 'dist'));
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(programs, 'imports.plain.wasm'), join(folder, 'imports.wasm'));
  writeFileSync(join(folder, 'page.js'), script);
  writeFileSync(join(folder, 'index.html'), page);
  return folder;
}

/** The stack at the `debugger` statement: a list of functions per task, the newest first. */
async function watchStack(page) {
  const session = await page.createCDPSession();
  const stacks = [];
  session.on('Debugger.paused', async ({ callFrames, asyncStackTrace }) => {
    const names = (frames) => frames.map(({ functionName }) => functionName).filter(Boolean);
    stacks.push(names(callFrames));
    for (let at = asyncStackTrace; at; at = at.parent)
      stacks.push([`async ${at.description}`, ...names(at.callFrames)]);
    await session.send('Debugger.resume');
  });
  await session.send('Debugger.enable');
  await session.send('Debugger.setAsyncCallStackDepth', { maxDepth: 8 });
  return stacks;
}

export async function testDevtools() {
  const { default: compile, folder: programs } = await import('../js/compile.mjs');
  await compile();
  const folder = makeFolder(programs);
  const { server, address } = await serve(folder, { port: 8196 });
  const tab = await borrow('chromium');
  const failures = [];
  const check = (what, seen, wanted) => {
    if (!isDeepStrictEqual(seen, wanted))
      failures.push(`${what}: ${JSON.stringify(seen)}, expected ${JSON.stringify(wanted)}`);
  };
  try {
    await tab.goto(address);
    await tab.waitFor(`document.title === 'ready'`);
    const stacks = await watchStack(tab.page);
    const measures = await tab.evaluate('run()');
    const task = stacks.find(([name]) => name === 'async download') ?? [];
    check('the function that C calls', stacks[0]?.[0], 'fetchText');
    check('who called C', task.includes('whoCallsC'), true);
    check(
      'tracks',
      [...new Set(measures)],
      ['C futures: rouse: download()', 'JavaScript promises: rouse: fetchText()', 'turns: rouse: turn'],
    );
    check('errors', tab.errors, []);
  } finally {
    await tab.close();
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  }
  return { passed: 4 - failures.length, failed: failures.length, log: failures.join('\n') };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed, log } = await testDevtools();
  if (log) console.log(log);
  await closeBrowsers();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
