// Vite's development server, which sends modules one by one where the build bundles them: the same pages
// from it. One with rouse as docs/install.md configures it, one with `rouse/inline` and no configuration.
import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { titleOf } from './pages.mjs';

const PATIENCE_MS = 120_000;
const title = 'hello, JavaScript, hello, C';

async function makeFolder(workshop, entry) {
  const folder = workshop.copy(`develop ${entry}`, 'vite');
  const { code, output } = await workshop.install(folder);
  if (code !== 0) throw new Error(output);
  copyFileSync(await workshop.module(), join(folder, 'app.wasm'));
  if (entry === 'rouse') return folder;
  const source = readFileSync(join(folder, 'main.js'), 'utf8').replace("'rouse'", `'${entry}'`);
  writeFileSync(join(folder, 'main.js'), source);
  rmSync(join(folder, 'vite.config.js'));
  return folder;
}

/** Starts it: { url, close }. */
function serveInDevelopment(workshop, cwd) {
  const vite = join(workshop.tools, 'vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, '--host', '127.0.0.1', '--port', '0'], {
    cwd,
    env: { ...process.env, ...workshop.environment() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const close = () => child.kill();
  return new Promise((resolve, reject) => {
    const fail = (why) => (close(), reject(new Error(`${why}\n${output}`)));
    const timer = setTimeout(() => fail('vite does not start'), PATIENCE_MS);
    let output = '';
    const take = (chunk) => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec((output += chunk)) ?? [];
      if (!url) return;
      clearTimeout(timer);
      resolve({ url, close });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('exit', () => fail('vite ended'));
  });
}

export function developChecks(workshop, visitors) {
  return ['rouse', 'rouse/inline'].flatMap((entry) => {
    let making;
    return visitors.map((visitor) => ({
      name: `vite in development, ${entry}, in ${visitor.browser}`,
      async run() {
        making ??= makeFolder(workshop, entry);
        const { page } = await visitor.open();
        const server = await serveInDevelopment(workshop, await making);
        try {
          const got = await titleOf(page, server.url);
          if (got !== title) throw new Error(`expected ${title}, got ${got}`);
        } finally {
          server.close();
        }
      },
    }));
  });
}
