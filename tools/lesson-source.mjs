// A lesson is a program and its twists, each the same program with one thing changed. All these versions are one
// file, in which markers say what only some of them have:
//
//     ROUSE_PUT(self->user, fetch_user(7));
//     //@ lesson
//     printf("created\n");
//     //@ twist twist2
//     printf("created, and awaited\n");
//     ROUSE_AWAIT(self->user);
//     //@ all
//     printf("done\n");
//
// A marker names the versions that have the lines below it, up to the next marker; `//@ all` ends such a passage. The
// versions are lesson, twist, twist2 and so on, and a twist is there if a marker names it: where a twist only lacks
// something, its marker has no lines. Markers themselves are in no version. A twist that has little in common with its
// lesson is a file of its own, twist.c or twist.js beside lesson.c and lesson.js.
import { readdirSync, readFileSync } from 'node:fs';
import { root } from './process.mjs';

const isVersion = (name) => /^(lesson|twist|twist[2-9])$/.test(name);

/** The names on a line that is a marker; undefined if it is none. `at` is where it stands, for errors. */
function namesOn(line, at) {
  const [, before, after] = /^(.*?)\/\/@(.*)$/.exec(line) ?? [];
  if (after === undefined) return undefined;
  if (before.trim()) throw new Error(`${at}: a marker is a line of its own`);
  const names = after.trim().split(/\s+/);
  const wrong = names.find((name) => !isVersion(name));
  if (wrong === undefined || after.trim() === 'all') return names;
  throw new Error(`${at}: "${wrong}" is no version: after //@ stand lesson, twist, twist2 and so on, or all`);
}

const isForAll = ({ names }) => names[0] === 'all';

/** The text between the markers: [{ at, names, lines }]. */
function blocksOf(text, where) {
  const blocks = [{ at: where, names: ['all'], lines: [] }];
  for (const [i, line] of text.split('\n').entries()) {
    const at = `${where}:${i + 1}`;
    const names = namesOn(line, at);
    const last = blocks.at(-1);
    if (!names) last.lines.push(line);
    else if (isForAll({ names }) && isForAll(last)) throw new Error(`${at}: there is nothing that //@ all could end`);
    else blocks.push({ at, names, lines: [] });
  }
  if (!isForAll(blocks.at(-1))) throw new Error(`${blocks.at(-1).at}: no //@ all ends this`);
  return blocks;
}

/** The sources in a text, by version; `where` is the text's name in errors. */
export function versionsOf(text, where) {
  const blocks = blocksOf(text, where);
  const marked = new Set(blocks.flatMap(({ names }) => names).filter(isVersion));
  if (marked.size === 1 && marked.has('lesson'))
    throw new Error(`${where}: no marker names a twist: where it lacks something, write //@ twist and no lines`);
  const sourceOf = (version) =>
    blocks
      .filter((block) => isForAll(block) || block.names.includes(version))
      .flatMap(({ lines }) => lines)
      .join('\n');
  return new Map([...marked.add('lesson')].sort().map((version) => [version, sourceOf(version)]));
}

/** The lessons' folders below web/ in their order, and the free-form page's. */
export function lessonFolders() {
  const names = readdirSync(`${root}/web/lessons`).filter((name) => /^\d+-/.test(name));
  names.sort((a, b) => parseInt(a, 10) - parseInt(b, 10));
  return [...names, 'scratch'].map((name) => `lessons/${name}`);
}

/** All versions of a lesson's program in C or JavaScript (`ending`): a map from `lesson`, `twist`, ... to sources. */
export function lessonSources(folder, ending) {
  const path = (version) => `web/${folder}/${version}.${ending}`;
  const read = (version) => readFileSync(`${root}/${path(version)}`, 'utf8');
  const sources = versionsOf(read('lesson'), path('lesson'));
  const files = readdirSync(`${root}/web/${folder}`).filter((file) => file.endsWith(`.${ending}`));
  for (const version of files.map((file) => file.split('.')[0])) {
    if (version === 'lesson' || !isVersion(version)) continue;
    if (sources.has(version)) throw new Error(`${path(version)}: ${path('lesson')} has a ${version}, too`);
    sources.set(version, read(version));
  }
  return sources;
}
