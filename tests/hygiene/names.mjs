// Every file that a document or a comment names exists: at that path from the root, beside the document, or with
// that ending anywhere in the tree. A link of a document leads to a file, and to a heading of it. What a document
// calls rouse_... or ROUSE_... occurs in the sources.
// Usage: node names.mjs ROOT
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Names that stand for no file of the tree, each kind with the reason. */
const elsewhere = [
  /^(\.\/)?(app|main|lesson|bank)\.(c|js|mjs|cjs|d\.ts)$/, // what you write or get, in an example
  /^(notes|hello)\.txt$/, // what such a program reads
  /(^|\/)[a-z]\.(c|h|ts)$/, // any file
  /^twist\.c$/, // what a lesson may have
  /^(dist|build|node_modules)\//, // what is built or installed
  /^(assert|emscripten|errno|limits|math|poll|setjmp|signal|std\w+|string|threads|time|unistd)\.h$/, // of a libc
];
const extensions = 'c|h|ts|mjs|js|cmake|md|txt|syms';
const nameInText = new RegExp(`(?<![\\w@$./*{},-])[\\w@./*{},-]*[\\w*}-]\\.(?:${extensions})\\b(?![\\w/-])`, 'g');
const commentOf = {
  c: /(?<=^|\s)\/\*[^]*?\*\/|(?<=^|\s)\/\/ [^\n]*/gm,
  cmake: /(?<=^|\s)# [^\n]*/gm,
};
const kindOf = (file) => {
  if (/\.md$/.test(file)) return 'md';
  if (/\.(c|cc|h|ts|js|mjs|css|go|rs)$/.test(file)) return 'c';
  return /\.(cmake|txt|sh)$/.test(file) ? 'cmake' : undefined;
};

const quoted = (text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** `js_{host,fds}.c` is two names. */
function expanded(name) {
  const [, before, list, after] = name.match(/^(.*)\{(.*)\}(.*)$/) ?? [];
  return list === undefined ? [name] : list.split(',').map((one) => before + one + after);
}

const blank = (block) => block.replace(/[^\n]/g, ' ');
/** Commands and lists of files stay. */
const withoutCode = (text) => text.replace(/^```(?:c|js|html|json|cmake)\b[^]*?^```/gm, blank);

/** [{ line, name }] */
function namesIn(text, kind) {
  const pieces = kind === 'md' ? [{ 0: withoutCode(text), index: 0 }] : [...text.matchAll(commentOf[kind])];
  return pieces.flatMap(({ 0: piece, index }) =>
    [...piece.matchAll(nameInText)].flatMap((match) => {
      const line = text.slice(0, index + match.index).split('\n').length;
      return expanded(match[0].replace(/^[,{}]+/, '')).map((name) => ({ line, name }));
    }),
  );
}

/** [{ line, word }] of what a document quotes; `rouse_export_NAME` stands for any that begin so. */
const wordsIn = (text) =>
  [...withoutCode(text).matchAll(/\b(?:rouse|ROUSE)_\w+/g)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    word: match[0].replace(/NAME$/, ''),
  }));

/** [{ line, path, heading }] of `[text](path#heading)`, outside of code. */
function linksIn(text) {
  const prose = text.replace(/^```[^]*?^```/gm, blank).replace(/`[^`\n]*`/g, blank);
  return [...prose.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map((match) => ({
    line: prose.slice(0, match.index).split('\n').length,
    path: match[1],
    heading: match[2],
  }));
}

/** As GitHub names the headings of a document. */
const headingsOf = (text) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

class Tree {
  /** `texts`: path to text, of the files that are read; `paths`: all that exist. */
  constructor(texts, paths) {
    this.texts = texts;
    this.paths = new Set(paths);
    const sources = [...texts].filter(([path]) => kindOf(path) !== 'md').map(([, text]) => text);
    this.words = new Set(sources.flatMap((text) => text.match(/\b(?:rouse|ROUSE)_\w+/g) ?? []));
    this.endings = new Set(paths.flatMap((path) => path.split('/').map((_, i, parts) => parts.slice(i).join('/'))));
    this.folders = new Set(paths.flatMap((path) => path.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))));
  }

  knows(name, from) {
    if (elsewhere.some((pattern) => pattern.test(name))) return true;
    const inTree = name.replace(/^(\.\.?\/)+|^rouse\//, ''); // `rouse/` is also where you copy the tree to
    if (this.endings.has(name) || this.endings.has(inTree)) return true;
    if (this.paths.has(posix.join(posix.dirname(from), name))) return true;
    const parts = inTree.split(/\*|\b[A-Z]+(?=[./_])/); // `*.c`, NAME.txt
    const pattern = new RegExp(`(^|/)${parts.map(quoted).join('[^/]*')}$`);
    return parts.length > 1 && [...this.paths].some((path) => pattern.test(path));
  }

  has(word) {
    return this.words.has(word) || (word.endsWith('_') && [...this.words].some((other) => other.startsWith(word)));
  }

  leads(link, from) {
    const target = link.path ? posix.join(posix.dirname(from), link.path) : from;
    if (!this.paths.has(target)) return this.folders.has(target.replace(/\/$/, ''));
    return !link.heading || headingsOf(this.texts.get(target)).includes(link.heading);
  }

  /** 'file:line: name' of all that lead nowhere. */
  wrong() {
    return [...this.texts].flatMap(([file, text]) => {
      const kind = kindOf(file);
      const names = namesIn(text, kind).filter(({ name }) => !this.knows(name, file));
      const links = kind === 'md' ? linksIn(text).filter((link) => !this.leads(link, file)) : [];
      const words = kind === 'md' ? wordsIn(text).filter(({ word }) => !this.has(word)) : [];
      return [
        ...names.map(({ line, name }) => `${file}:${line}: ${name}`),
        ...words.map(({ line, word }) => `${file}:${line}: ${word}`),
        ...links.map(({ line, path, heading }) => `${file}:${line}: ](${path}${heading ? `#${heading}` : ''})`),
      ];
    });
  }
}

/** What must be found in a tree of three files, or the checker is broken. */
function checkTheChecker() {
  const texts = new Map([
    [
      'docs/a.md',
      '# One\n`core/gone.c`, `core/here.c`, core/{here,lost}.c\n[x](b.md) [y](a.md#one) [z](a.md#two)\nrouse_poll ROUSE_GONE rouse_NAME\n',
    ],
    ['core/here.c', '/* here.c: beside gone.h\n   and *.c */ int rouse_poll; \x2f/ away.ts\n'],
    ['cmake/x.cmake', '# lost.cmake, x.cmake\ninclude(code.cmake)\n'],
  ]);
  const found = new Tree(texts, [...texts.keys()]).wrong();
  const planted = [
    'docs/a.md:2: core/gone.c',
    'docs/a.md:2: core/lost.c',
    'docs/a.md:3: b.md',
    'docs/a.md:4: ROUSE_GONE',
    'docs/a.md:3: ](b.md)',
    'docs/a.md:3: ](a.md#two)',
    'core/here.c:1: gone.h',
    'core/here.c:2: away.ts',
    'cmake/x.cmake:1: lost.cmake',
  ];
  if (found.join('\n') !== planted.join('\n')) throw new Error(`the planted names are not found:\n${found.join('\n')}`);
}

checkTheChecker();
const root = process.argv[2];
if (!existsSync(`${root}/.git`)) {
  console.log('SKIP: a tarball has no list of its files');
  process.exit(0);
}
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
const paths = String(listed)
  .split('\0')
  .filter((path) => path && existsSync(`${root}/${path}`));
const isRead = (path) => kindOf(path) && !/(^|\/)(peers|LICENSE)\//.test(path);
const texts = new Map(paths.filter(isRead).map((path) => [path, readFileSync(`${root}/${path}`, 'utf8')]));
const wrong = new Tree(texts, paths).wrong();
if (wrong.length > 0) {
  console.error(`no file, heading or word of the sources has these names:\n  ${wrong.join('\n  ')}`);
  process.exitCode = 1;
}
