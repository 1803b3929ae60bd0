// Builds the static site into dist/web: the page, the package it uses, and each lesson with its module.
// All paths in it are relative, so it runs from any folder of any static server.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { root, run } from './process.mjs';
import { compileWasm } from './web-clang.mjs';

export const site = `${root}/dist/web`;
const stampFile = `${root}/build/web/scripts.stamp`;
const lessonFiles = ['lesson.c', 'lesson.js', 'lesson.json'];

function scriptFiles() {
  const list = (folder) =>
    fs.readdirSync(`${root}/${folder}`, { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`);
  const settings = ['tsconfig.json', 'web/tsconfig.json', 'package-lock.json'];
  return [...list('wasm/js'), ...list('web'), ...settings].sort();
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

/** wasm/js to dist, then web/page, which is checked against it, to dist/web. */
async function compileScripts() {
  const stamp = scriptStamp();
  const made = [`${root}/dist/index.js`, `${site}/page/main.js`, stampFile];
  if (made.every(fs.existsSync) && fs.readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('compiling TypeScript');
  fs.rmSync(`${site}/page`, { recursive: true, force: true });
  await tsc('tsconfig.json');
  await tsc('web/tsconfig.json');
  fs.mkdirSync(`${root}/build/web`, { recursive: true });
  fs.writeFileSync(stampFile, stamp);
}

function copyPackage() {
  fs.rmSync(`${site}/rouse`, { recursive: true, force: true });
  fs.mkdirSync(`${site}/rouse`, { recursive: true });
  for (const name of fs.readdirSync(`${root}/dist`))
    if (name.endsWith('.js')) fs.copyFileSync(`${root}/dist/${name}`, `${site}/rouse/${name}`);
}

function lessonNames() {
  const names = fs.readdirSync(`${root}/web/lessons`).filter((name) => /^\d+-/.test(name));
  return names.sort((a, b) => parseInt(a, 10) - parseInt(b, 10));
}

/** The page reads one list with everything but the sources. */
async function buildLessons() {
  const names = lessonNames();
  const source = (name) => `web/lessons/${name}/lesson.c`;
  const modules = await compileWasm(names.map(source));
  fs.rmSync(`${site}/lessons`, { recursive: true, force: true });
  const list = names.map((name) => {
    const into = `${site}/lessons/${name}`;
    fs.mkdirSync(into, { recursive: true });
    for (const file of lessonFiles) fs.copyFileSync(`${root}/web/lessons/${name}/${file}`, `${into}/${file}`);
    fs.copyFileSync(modules.get(source(name)), `${into}/lesson.wasm`);
    const about = JSON.parse(fs.readFileSync(`${into}/lesson.json`, 'utf8'));
    return { number: parseInt(name, 10), folder: `lessons/${name}`, ...about };
  });
  fs.writeFileSync(`${site}/lessons/index.json`, JSON.stringify(list));
}

/** Builds everything that changed; gives the folder to serve. */
export async function buildSite() {
  await compileScripts();
  copyPackage();
  for (const file of ['index.html', 'style.css', 'icon.svg'])
    fs.copyFileSync(`${root}/web/${file}`, `${site}/${file}`);
  await buildLessons();
  return site;
}
