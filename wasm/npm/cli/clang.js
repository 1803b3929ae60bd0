// The clang that npm carries (LLVM as WebAssembly), run on real files. Its file system is a tree in
// memory, so this gives it what a command reads and writes back what the command made.
//
// Two places are mapped: absolute paths lie below /host, since the compiler keeps /usr for its own headers
// and empties /tmp; relative ones are the same. And its file system takes ".." for ".", so the compiler reads
// `#include "../x.h"` as an absolute path.
//
// JavaScript, so that tools/ can use it before anything is compiled.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const HOST = '/host';
const withPath = /^(-I|-iquote|-isystem|-f(?:macro|debug|file)-prefix-map=)?(.+)$/;
const isOutput = /^-(o|MF|MT)$|^qc$/; // `ar qc` as well
const upward = /^([ \t]*#[ \t]*include[ \t]*")(\.\.\/[^"\n]+)(?=")/gm;
const include = /^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">]/gm;

/** A path as the compiler is told it. */
function inside(path, cwd) {
  if (/^\.\.?(\/|$)/.test(path)) path = resolve(cwd, path);
  return isAbsolute(path) ? HOST + path : path;
}

/** The same file, for us. */
const outside = (path, cwd) => (path.startsWith(`${HOST}/`) ? path.slice(HOST.length) : resolve(cwd, path));

const unmapped = (text) => text.replaceAll(`${HOST}/`, '/');

function read(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : undefined;
}

/** A command's arguments as the compiler takes them, the files it reads, and where it looks for headers. */
function translate(args, cwd) {
  const inputs = [];
  const folders = [];
  const translated = args.map((arg, index) => {
    const before = args[index - 1] ?? '';
    const [, option = '', path] = withPath.exec(arg) ?? [undefined, '', arg];
    const isFolder = /^-I|^-i/.test(option) || /^-isystem$|^-iquote$|^-I$/.test(before);
    if (isFolder) folders.push(inside(path, cwd));
    // What it writes must not be there: its file system does not rename over a file.
    else if (!arg.startsWith('-') && !isOutput.test(before)) inputs.push(inside(path, cwd));
    return isFolder || /^(\.\.)?\//.test(path) ? option + inside(path, cwd) : arg;
  });
  return { translated, inputs, folders };
}

class Files {
  tree = {};
  #given = new Map(); // by place in the tree, to know later what is new
  #seen = new Set();

  constructor(cwd, folders) {
    Object.assign(this, { cwd, folders });
  }

  #put(path, bytes) {
    const steps = path.split('/').filter((step) => step && step !== '.' && step !== '..');
    this.#given.set(steps.join('/'), bytes);
    const name = steps.pop();
    let folder = this.tree;
    for (const step of steps) folder = folder[step] ??= {};
    folder[name] = bytes;
  }

  /** Adds a file, and what it includes; says whether there is one. */
  add(path) {
    if (this.#seen.has(path)) return true;
    const bytes = read(outside(path, this.cwd));
    if (!bytes) return false;
    this.#seen.add(path);
    if (!/\.(c|h|inc)$/.test(path)) this.#put(path, bytes);
    else this.#addSource(path, bytes.toString());
    return true;
  }

  #addSource(path, text) {
    const folder = dirname(outside(path, this.cwd));
    const told = text.replace(upward, (line, directive, name) => {
      const target = resolve(folder, name);
      return read(target) ? directive + HOST + target : line;
    });
    this.#put(path, Buffer.from(told));
    for (const [, name] of told.matchAll(include))
      if (isAbsolute(name)) this.add(name);
      else [posix.dirname(path), ...this.folders].some((folder) => this.add(`${folder}/${name}`));
  }

  /** Writes what the compiler made or changed. */
  save(tree, at = '') {
    for (const [name, value] of Object.entries(tree)) {
      const place = at + name;
      if (!(value instanceof Uint8Array)) this.save(value, `${place}/`);
      else if (this.#given.get(place) !== value) this.#write(place, value);
    }
  }

  #write(place, bytes) {
    const path = outside(place.startsWith('host/') ? `/${place}` : place, this.cwd);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, path.endsWith('.d') ? unmapped(Buffer.from(bytes).toString()) : bytes);
  }
}

/** The compiler's entry, from here or from `folder`; undefined if npm did not install it. */
export function findCompiler(folder = process.cwd()) {
  for (const from of [import.meta.url, pathToFileURL(join(folder, '_'))])
    try {
      return createRequire(from).resolve('@yowasp/clang');
    } catch {
      // not there
    }
  return undefined;
}

let loaded;
function load() {
  const found = findCompiler();
  if (!found) throw new Error('@yowasp/clang is not installed');
  loaded ??= import(pathToFileURL(found).href).then(async (llvm) => {
    await llvm.runLLVM(null, {}, { fetchProgress: () => {} }); // without a line per file
    return llvm;
  });
  return loaded;
}

/** Runs `clang` or a tool of LLVM's by name (`ar`): { code, output }. Never throws for a failure. */
export async function runTool(tool, args, { cwd = process.cwd() } = {}) {
  const { commands, Exit } = await load();
  const { translated, inputs, folders } = translate(args, cwd);
  const files = new Files(cwd, folders);
  for (const path of inputs) files.add(path);
  let output = '';
  const keep = (bytes) => void (bytes && (output += Buffer.from(bytes).toString()));
  const options = { stdout: keep, stderr: keep, decodeASCII: false };
  try {
    files.save(await commands[tool](translated, files.tree, options));
    return { code: 0, output: unmapped(output) };
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return { code: error.code, output: unmapped(output) };
  }
}

/** Changes when the compiler does. */
export function compilerVersion() {
  const about = join(dirname(findCompiler()), '../package.json');
  return JSON.parse(readFileSync(about, 'utf8')).version;
}
