// What goes wrong where packages are used: it works all the same, or the error says why and what to do.
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../../tools/process.mjs';
import { titleOf } from './pages.mjs';

const fine = /^hello, hello, C$/;
const cases = {
  'wasm of a wrong MIME type': { name: 'mime', expected: fine },
  'HTML in place of wasm': {
    name: 'html',
    expected: /^error: NOT_WASM: .*page\.wasm is an HTML page, .*address right/,
  },
  'wasm that is missing': { name: 'missing', expected: /^error: NOT_WASM: .*missing\.wasm: the server answered 404/ },
  'wasm blocked by a policy': {
    name: 'blocked',
    expected: /^error: NOT_SUPPORTED: WebAssembly is blocked here: add 'wasm-unsafe-eval' to script-src/,
  },
  'a second load after a failed one': {
    name: 'again',
    expected: /rouse\.wasm: the server answered 503; hello, hello, C$/,
  },
  'two versions in one page': { name: 'versions', expected: /^hello,theirs, hello, C$/ },
};

/** CommonJS has no import.meta.url: a bundle of that kind cannot know where it is. */
async function checkScript(folder) {
  const code = "import { ready } from 'rouse'; ready().catch(({ code, message }) => console.log(code, message));";
  writeFileSync(join(folder, 'ready.js'), code);
  const bundle = [
    'esbuild',
    'ready.js',
    '--bundle',
    '--format=cjs',
    '--platform=node',
    '--outfile=ready.cjs',
    '--log-level=error',
  ];
  await run('npx', bundle, { cwd: folder });
  const { output } = await run(process.execPath, ['ready.cjs'], { cwd: folder });
  fits(output, /^NOT_SUPPORTED rouse\.wasm cannot be found from a script: use 'rouse\/inline'$/m);
}

/** A folder with the package, one beside it with another copy, and a page for file: */
async function prepare(workshop) {
  const folder = workshop.copy('errors', 'errors');
  const other = workshop.copy('other');
  for (const to of [folder, other]) await workshop.install(to);
  copyFileSync(await workshop.module(), join(folder, 'app.wasm'));
  const bundle = ['esbuild', 'file.js', '--bundle', '--format=iife', '--outfile=file.out.js'];
  const { code, output } = await run('npx', bundle, { cwd: folder });
  if (code !== 0) throw new Error(output);
  writeFileSync(join(folder, 'file.html'), '<!doctype html><title>...</title><script src="file.out.js"></script>');
  return folder;
}

function misbehave(answers, folder) {
  const html = { status: 200, type: 'text/html', body: '<!doctype html><p>not here</p>' };
  const policy = { 'Content-Security-Policy': "script-src 'self'" };
  answers[`${folder}app.wasm`] = { type: 'text/plain' };
  answers[`${folder}page.wasm`] = html;
  answers[`${folder}index.html`] = ({ search }) => (search === '?blocked' ? { headers: policy } : {});
  let failed = false;
  answers[`${folder}node_modules/rouse/dist/rouse.wasm`] = () => {
    const fails = answers.again && !failed;
    failed ||= fails;
    return fails ? { status: 503, body: 'busy' } : {};
  };
}

function fits(got, expected) {
  if (!expected.test(got)) throw new Error(`expected ${expected}, got ${got}`);
}

export function errorChecks(workshop, visitors) {
  let preparing;
  const folderFor = () => (preparing ??= prepare(workshop));
  const script = { name: 'a bundle that is no module', run: async () => checkScript(await folderFor()) };
  const inBrowsers = visitors.flatMap((visitor) => {
    const pages = Object.entries(cases).map(([name, { name: search, expected }]) => ({
      name: `${name}, in ${visitor.browser}`,
      async run() {
        const folder = await folderFor();
        const { page, server } = await visitor.open();
        const url = visitor.url(folder, 'index.html');
        misbehave(server.answers, new URL('.', url).pathname);
        server.answers.again = search === 'again';
        fits(await titleOf(page, `${url}?${search}`), expected);
      },
    }));
    // Firefox under puppeteer lets pages read files: then they load.
    const refused = /^error: hello; .*cannot read files: serve the folder with a web server/;
    const file = {
      name: `from file:, in ${visitor.browser}`,
      async run() {
        const folder = await folderFor();
        const { page } = await visitor.open();
        const title = await titleOf(page, pathToFileURL(join(folder, 'file.html')).href);
        fits(title, visitor.browser === 'firefox' ? /^error: hello; no error$/ : refused);
      },
    };
    return [...pages, file];
  });
  return [script, ...inBrowsers];
}
