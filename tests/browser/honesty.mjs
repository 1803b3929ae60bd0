// The rewritten programs print what the plain ones print, in the engines of the browsers: the same list
// as in Node (tests/js/rewrite.test.mjs), in the page's own worker.
//   node tests/browser/honesty.mjs [BROWSER]
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../tools/web-serve.mjs';
import { programs } from '../js/snippets.mjs';
import { borrow, browsers } from './open.mjs';
import { report, withSite } from './site.mjs';

/** Runs one program in the page's worker: what it prints, or what went wrong. */
const runner = `
globalThis.linesOf = (url, plain) => new Promise((resolve) => {
  const worker = new Worker('/page/js-worker.js', { type: 'module' });
  const lines = [];
  const end = (line) => { worker.terminate(); resolve(line ? [...lines, line] : lines); };
  worker.onerror = (event) => end('worker: ' + event.message);
  worker.onmessage = async ({ data }) => {
    if (data.kind === 'ready') worker.postMessage({ source: await (await fetch(url)).text(), plain });
    else if (data.kind === 'done') end();
    else if (data.kind === 'error') end('error: ' + data.text);
    else for (const event of data.events ?? []) {
      if (event.kind === 'print') lines.push(event.text);
      else if (/^(un)?handled$/.test(event.kind)) lines.push(event.kind + ' ' + event.text);
    }
  };
});`;

/** A folder with the page's scripts and all the programs, both ways. */
async function makeFolder(site) {
  const folder = mkdtempSync(join(tmpdir(), 'rouse-honesty-'));
  cpSync(join(site, 'page'), join(folder, 'page'), { recursive: true });
  mkdirSync(join(folder, 'programs'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>honesty</title>');
  const { parse } = await import('acorn'); // not before the packages are installed
  const { rewrite } = await import('../../dist/page/run/rewrite-script.js');
  programs.forEach(({ source }, i) => {
    writeFileSync(join(folder, `programs/${i}.js`), source);
    writeFileSync(join(folder, `programs/${i}.recorded.js`), rewrite(source, parse));
  });
  return folder;
}

export function testHonesty(browser) {
  return withSite(`honesty in ${browser}`, async (site, address, check) => {
    const folder = await makeFolder(site);
    const { server, address: own } = await serve(folder, { port: 8195 });
    const tab = await borrow(browser);
    try {
      await tab.goto(own);
      await tab.evaluate(`(() => {${runner}})()`);
      for (const [i, { name }] of programs.entries()) {
        const lines = (path, plain) => tab.evaluate(`linesOf('programs/${path}.js', ${plain})`);
        check(name, await lines(`${i}.recorded`, false), await lines(i, true));
      }
    } finally {
      await tab.close();
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = browsers.find((name) => process.argv[2] === name) ?? 'chromium';
  await report(await testHonesty(browser), browser);
}
