// Builds the static site into dist/web: the page and each lesson with its modules. All paths in it are relative, so it
// runs from any folder of any static server.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './process.mjs';
import { lessonFolders, lessonSources } from './lesson-source.mjs';
import { compileWasm } from './web-clang.mjs';
import { buildTerminal } from './web-terminal.mjs';

export const site = `${root}/dist/web`;
const FUEL = 5_000_000; // rounds of loops and calls of functions
const scripts = `${root}/dist/page`;
const stampFile = `${root}/build/web/scripts.stamp`;

function scriptFiles() {
  const list = (folder) =>
    fs
      .readdirSync(`${root}/${folder}`, { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`);
  const settings = ['tsconfig.json', 'web/tsconfig.json', 'package-lock.json'];
  return [...list('wasm/npm'), ...list('web'), ...settings].sort();
}

function scriptStamp() {
  const sum = createHash('sha256');
  for (const file of scriptFiles()) sum.update(file).update(fs.readFileSync(`${root}/${file}`));
  return sum.digest('hex');
}

async function tsc(project) {
  const args = [`${root}/node_modules/typescript/bin/tsc`, '-p', project];
  const { code, output } = await run(process.execPath, args);
  if (code !== 0) throw new Error(`tsc -p ${project} failed\n${output}`);
}

/** Bundles the site's scripts, each into one file: the pages (what they load later is split off) and the workers. */
async function bundle() {
  const { build } = await import('esbuild');
  const common = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
    legalComments: 'none',
  };
  // The site names a script by its file alone, whatever its room.
  const entries = (...paths) => Object.fromEntries(paths.map((path) => [basename(path), `web/page/${path}.ts`]));
  await build({
    ...common,
    entryPoints: entries('main'),
    splitting: true,
    outdir: `${site}/page`,
    chunkNames: '[name]-[hash]',
  });
  await build({
    ...common,
    splitting: true,
    entryPoints: entries('terminal/terminal'),
    outdir: `${site}/page`,
    chunkNames: 'terminal-[name]-[hash]',
  });
  await build({
    ...common,
    format: 'iife',
    logOverride: { 'empty-import-meta': 'silent' },
    entryPoints: entries('run/js-worker', 'run/c-worker', 'run/bridge-worker', 'traces/trace-import-worker'),
    outdir: `${site}/page`,
  });
}

async function compileStaleScripts() {
  const stamp = scriptStamp();
  const made = [`${root}/dist/index.js`, `${scripts}/main.js`, `${site}/page/main.js`, stampFile];
  if (made.every(fs.existsSync) && fs.readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('compiling TypeScript');
  for (const folder of [scripts, `${site}/page`, `${site}/rouse`]) fs.rmSync(folder, { recursive: true, force: true });
  await tsc('tsconfig.json');
  await tsc('web/tsconfig.json');
  await bundle();
  fs.mkdirSync(`${root}/build/web`, { recursive: true });
  fs.writeFileSync(stampFile, stamp);
}

let compiled;
/** Compiles wasm/npm to dist and web/page, which uses it, to dist/page, for the build and the tests; the site gets
    bundles. Calls wait for one another. */
export function compileScripts() {
  return (compiled = Promise.allSettled([compiled]).then(compileStaleScripts));
}

const page = (name) => import(pathToFileURL(`${scripts}/${name}.js`).href);

/** Writes each version of a lesson's program, C or JavaScript, as the page shows it: the files' paths from the root. */
function writeSources(folder, ending) {
  fs.mkdirSync(`${site}/${folder}`, { recursive: true });
  return [...lessonSources(folder, ending)].map(([version, source]) => {
    const path = `dist/web/${folder}/${version}.${ending}`;
    fs.writeFileSync(`${root}/${path}`, source);
    return path;
  });
}

/** A variant with the files that it has of its own. */
function twistOf(into, twist, index) {
  const name = index === 0 ? 'twist' : `twist${index + 1}`;
  const has = (ending) => fs.existsSync(`${into}/${name}.${ending}`);
  return { ...twist, ...(has('c') && { c: name }), ...(has('js') && { js: name }) };
}

/** Writes the JavaScript as it runs: with the recorder's hooks. */
async function recordScript(path) {
  const { parse } = await import('acorn');
  const { rewrite } = await page('run/rewrite-script');
  const source = fs.readFileSync(`${root}/${path}`, 'utf8');
  fs.writeFileSync(`${root}/${path.replace(/js$/, 'recorded.js')}`, rewrite(source, parse));
}

/** Writes the module of a C program, with fuel, and where the fields of its futures lie. */
async function copyModule(path, { wasm, layouts }) {
  const { addFuel } = await page('run/wasm-fuel');
  fs.writeFileSync(`${root}/${path.replace(/c$/, 'wasm')}`, addFuel(fs.readFileSync(wasm), FUEL));
  fs.copyFileSync(layouts, `${root}/${path.replace(/c$/, 'frames.json')}`);
}

/** Reads lesson.json; measure.mjs beside it fills in its gaps, with numbers of the machine that builds. */
async function readLesson(folder) {
  const text = fs.readFileSync(`${root}/web/${folder}/lesson.json`, 'utf8');
  const program = `${root}/web/${folder}/measure.mjs`;
  if (!fs.existsSync(program)) return JSON.parse(text);
  const { code, output } = await run(process.execPath, ['--expose-gc', program]);
  if (code !== 0) throw new Error(`${program} failed\n${output}`);
  const measured = JSON.parse(output);
  return JSON.parse(text.replace(/\{\{(\w+)\}\}/g, (_, gap) => measured[gap]));
}

/** Writes every lesson's files, and one list with all the texts. */
async function buildLessons() {
  fs.rmSync(`${site}/lessons`, { recursive: true, force: true });
  const modules = await compileWasm(lessonFolders().flatMap((folder) => writeSources(folder, 'c')));
  for (const [path, module] of modules) await copyModule(path, module);
  const list = [];
  for (const folder of lessonFolders()) {
    for (const path of writeSources(folder, 'js')) await recordScript(path);
    const about = await readLesson(folder);
    const twists = about.twists?.map((twist, i) => twistOf(`${site}/${folder}`, twist, i));
    list.push({ number: parseInt(basename(folder), 10) || 0, folder, ...about, twists });
  }
  fs.writeFileSync(`${site}/lessons/index.json`, JSON.stringify(list));
}

/** Writes index.html. Its policy allows one inline script: the sandbox's. */
async function writePage() {
  const { FRAME_SCRIPT } = await page('run/sandbox');
  const sum = createHash('sha256').update(FRAME_SCRIPT).digest('base64');
  const text = fs.readFileSync(`${root}/web/index.html`, 'utf8');
  fs.writeFileSync(`${site}/index.html`, text.replace('FRAME_HASH', sum));
}

/** Writes the service worker with the list of all files, and a version that changes with any of them. */
function writeServiceWorker() {
  const files = fs
    .readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'sw.js')
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(site.length + 1))
    .sort();
  const sum = createHash('sha256');
  for (const file of files) sum.update(file).update(fs.readFileSync(`${site}/${file}`));
  const text = fs
    .readFileSync(`${root}/web/sw.js`, 'utf8')
    .replace('FILES = []', `FILES = ${JSON.stringify(files)}`)
    .replace("VERSION = ''", `VERSION = '${sum.digest('hex').slice(0, 16)}'`);
  fs.writeFileSync(`${site}/sw.js`, text);
}

/** Builds everything that changed; returns the folder to serve. */
export async function buildSite() {
  await compileScripts();
  for (const file of ['style.css', 'narrow.css', 'icon.svg']) fs.copyFileSync(`${root}/web/${file}`, `${site}/${file}`);
  await writePage();
  await buildLessons();
  await buildTerminal(site);
  writeServiceWorker();
  return site;
}

let built;
/** The same, once for all who ask: they may run side by side. */
export const builtSite = () => (built ??= buildSite());
