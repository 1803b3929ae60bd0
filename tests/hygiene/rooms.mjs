// Holds the direction between the rooms of the library: what runtime/sources.txt says a room may use.
//   node rooms.mjs ROOT ARCHIVE
// Includes are read from the sources, calls from the symbols of the archive's objects.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';

const [root, archive] = process.argv.slice(2);
const text = readFileSync(join(root, 'runtime/sources.txt'), 'utf8');
// The executor calls these of a room above it: each is declared there as a hook, and named here.
const hooks = new Set(['rouse_i_report_stall']);

/** name -> { folder, uses, ofHost }; a room that several hosts share is listed more than once. */
const rooms = new Map();
for (const line of text.split('\n').filter((line) => /^[a-z]/.test(line))) {
  const [who, folder, ...uses] = line.trim().split(/ +/);
  rooms.set(basename(folder), { folder, uses, ofHost: who !== 'core' });
}

/** All that a room may use, itself among them. */
function reachable(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const other of rooms.get(name).uses) reachable(other, seen);
  return seen;
}

const problems = [];
const roomOfFolder = new Map([...rooms].map(([name, { folder }]) => [folder, name]));

/** One line for a use that the list does not allow. */
function judge(from, to, what) {
  if (to && !reachable(from).has(to)) problems.push(`${from} may not use ${to}: ${what}`);
}

/** The core declares what every host defines, and calls it there: only includes would tie it to one host. */
const callsItsHost = (from, to) => rooms.has(from) && rooms.has(to) && !rooms.get(from).ofHost && rooms.get(to).ofHost;

function readIncludes(name, file) {
  const source = readFileSync(join(root, file), 'utf8');
  for (const [, path] of source.matchAll(/^#include "([^"]+)"/gm))
    judge(name, roomOfFolder.get(dirname(normalize(join(dirname(file), path)))), `${file} includes ${path}`);
}

/** Base names tell which object of an archive came from where, so no two sources share one. */
const roomOfObject = new Map();
for (const [name, { folder }] of rooms) {
  if (!existsSync(join(root, folder))) continue;
  for (const file of readdirSync(join(root, folder)).sort()) {
    readIncludes(name, `${folder}/${file}`);
    if (!file.endsWith('.c')) continue;
    const object = basename(file, '.c');
    if (roomOfObject.has(object)) problems.push(`${folder}/${file}: another room has a ${file}`);
    roomOfObject.set(object, name);
  }
}

/** { object: { defined, wanted } }, as nm tells of an archive. */
function symbolsOf(path) {
  const objects = new Map();
  let current;
  for (const line of execFileSync('nm', [path], { encoding: 'utf8', maxBuffer: 1 << 26 }).split('\n')) {
    const member = /^(\w+)\.c\.o:$|^(\w+)\.o:$/.exec(line);
    const symbol = /([A-Za-z]) (\w+)$/.exec(line);
    if (member) objects.set(member[1] ?? member[2], (current = { defined: [], wanted: [] }));
    else if (symbol && 'TDBRV'.includes(symbol[1])) current.defined.push(symbol[2]);
    else if (symbol && 'Uwv'.includes(symbol[1])) current.wanted.push(symbol[2]);
  }
  return objects;
}

const objects = symbolsOf(archive);
const home = new Map();
for (const [object, { defined }] of objects) for (const name of defined) home.set(name, object);
let calls = 0;
for (const [object, { wanted }] of objects)
  for (const name of wanted.filter((name) => home.has(name) && !hooks.has(name))) {
    calls++;
    const [from, to] = [roomOfObject.get(object), roomOfObject.get(home.get(name))];
    if (!callsItsHost(from, to)) judge(from, to, `${object}.c calls ${name} of ${home.get(name)}.c`);
  }
/** Which files call functions of which others. */
const uses = new Map();
const use = (from, to) => {
  if (from !== to) (uses.get(from) ?? uses.set(from, new Set()).get(from)).add(to);
};

/** The circles of files (Tarjan's strongly connected components), but for those inside core: the executor is one. */
function circles() {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const found = [];
  const visit = (file) => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    stack.push(file);
    for (const next of uses.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file), low.get(next)));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) found.push(circle);
  };
  for (const file of uses.keys()) if (!index.has(file)) visit(file);
  return found.filter((circle) => circle.some((file) => roomOfObject.get(file) !== 'core'));
}

for (const [object, { wanted }] of objects)
  for (const name of wanted.filter((name) => home.has(name) && !hooks.has(name))) {
    const other = home.get(name);
    if (!callsItsHost(roomOfObject.get(object), roomOfObject.get(other))) use(object, other);
  }
for (const circle of circles()) problems.push(`a circle of files: ${circle.join(', ')}`);

if (calls === 0) problems.push(`${archive}: nm tells of no calls`);
if (problems.length > 0) console.log(`${problems.join('\n')}\n\n${text}`);
process.exitCode = problems.length > 0 ? 1 : 0;
