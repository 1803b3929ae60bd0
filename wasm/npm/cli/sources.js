// The C sources of the library, by the folders that runtime/sources.txt lists, and how clang compiles and
// links them for a host. Paths are relative to `root`, the folder that holds runtime/.
//
// JavaScript, so that tools/ can use it before anything is compiled.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @type {(root: string, isWanted: (who: string) => boolean) => string[]} */
function foldersOf(root, isWanted) {
  const lines = readFileSync(join(root, 'runtime/sources.txt'), 'utf8').split('\n');
  const rows = lines.filter((line) => line && !line.startsWith('#')).map((line) => line.split(/ +/));
  return [...new Set(rows.filter(([who = '']) => isWanted(who)).map(([, folder = '']) => folder))];
}

/** @type {(root: string, folders: string[], ending: string) => string[]} */
function filesOf(root, folders, ending) {
  const list = (/** @type {string} */ folder) => readdirSync(join(root, folder)).sort();
  return folders.flatMap((folder) => list(folder).map((file) => `${folder}/${file}`)).filter((f) => f.endsWith(ending));
}

/** What runs on any host. @type {(root: string) => string[]} */
export const coreSources = (root) =>
  filesOf(
    root,
    foldersOf(root, (who) => who === 'core'),
    '.c',
  );

/** What one host adds: 'native', 'wasi' or 'js'. @type {(root: string, host: string) => string[]} */
export const hostSources = (root, host) =>
  filesOf(
    root,
    foldersOf(root, (who) => who === host),
    '.c',
  );

const publicFolders = ['runtime/include/rouse', 'runtime/include/rouse/private'];

/** Every header that any of them includes. @type {(root: string) => string[]} */
export const headers = (root) => filesOf(root, [...publicFolders, ...foldersOf(root, () => true)], '.h');

/** The flags of wasm/HOST/flags.txt by their kind: compile, link, without_main.
 * @type {(root: string, host: string) => Record<string, string[]>} */
export function hostFlags(root, host) {
  const lines = readFileSync(join(root, `wasm/${host}/flags.txt`), 'utf8').split('\n');
  const rows = lines.filter((line) => line && !line.startsWith('#')).map((line) => line.split(/ +/));
  return Object.fromEntries(rows.map(([kind, ...flags]) => [kind, flags]));
}
