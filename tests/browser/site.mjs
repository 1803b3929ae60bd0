// What the tests of the page share: the site, served; a tab; counted checks; how a lesson is opened and read.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from '../../tools/npm.mjs';
import { serve } from '../../tools/web-serve.mjs';
import { builtSite } from '../../tools/web.mjs';
import { borrow, closeBrowsers } from './open.mjs';

export const ready = `document.body.dataset.state === 'ready'`;
export const printed = (side) => `[...document.querySelectorAll('#${side}-out li:not(.later)')]
  .map((e) => e.lastChild.textContent)`;
export const place = `document.getElementById('scrub').value + '/' + document.getElementById('scrub').max`;
export const problem = `(document.getElementById('problem').hidden ? '' : document.getElementById('problem').textContent)`;
export const widths = [1440, 390];
export const lessonsOf = (site) => JSON.parse(readFileSync(join(site, 'lessons/index.json'), 'utf8'));
export const press = (tab, id) => tab.evaluate(`document.getElementById('${id}').click()`);

/** Counts named checks; a failed one says what was seen and what was wanted. */
function counter(suite) {
  const result = { passed: 0, failed: 0, skipped: [], log: '' };
  const check = (name, seen, wanted) => {
    if (JSON.stringify(seen) === JSON.stringify(wanted)) return void result.passed++;
    result.failed++;
    result.log += `${suite}: ${name}\n  seen   ${JSON.stringify(seen)}\n  wanted ${JSON.stringify(wanted)}\n`;
  };
  return { result, check };
}

/** Builds and serves the site for `use`, and counts what that checks. */
export async function withSite(name, use) {
  const { result, check } = counter(name);
  let served;
  try {
    await installPackages();
    const site = await builtSite();
    served = await serve(site, { port: 8180 });
    await use(site, served.address, check);
  } catch (error) {
    result.failed++;
    result.log += `${name}: ${error.stack}\n`;
  }
  served?.server.close();
  served?.server.closeAllConnections();
  return result;
}

/** The same with a tab of a browser. */
export function testInTab(name, browser, use) {
  return withSite(name, async (site, address, check) => {
    const tab = await borrow(browser);
    try {
      await tab.resize(1440, 900);
      await use(tab, site, address, check);
    } finally {
      await tab.close();
    }
  });
}

/** Serves a folder in which some files, by the end of their names, are others. */
export async function serveWith(folder, files, use) {
  const { server, address } = await serve(folder, { port: 8190 });
  const answer = server.listeners('request')[0];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const name = Object.keys(files).find((end) => request.url.endsWith(end));
    if (name?.endsWith('.js')) response.setHeader('Content-Type', 'text/javascript'); // or it is no module
    if (name) response.end(files[name]);
    else answer(request, response);
  });
  try {
    await use(address);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

export async function openLesson(tab, address, { number, title }, more = '') {
  await tab.goto('about:blank'); // a change of the fragment alone would not load the page again
  await tab.goto(`${address}#l=${number}${more}`);
  await tab.waitFor(`document.getElementById('title')?.textContent === ${JSON.stringify(title)} && ${ready}`);
}

/** When a test's file is run by itself. */
export async function report({ passed, failed, log }, where) {
  await closeBrowsers();
  if (log) console.log(log);
  console.log(`${passed} passed, ${failed} failed in ${where}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** A line that is wanted with … at its end may end in anything. */
export const asWanted = (lines, wanted) =>
  lines.map((line, i) => (wanted[i]?.endsWith('…') && line.startsWith(wanted[i].slice(0, -1)) ? wanted[i] : line));
