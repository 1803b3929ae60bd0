// What tests/js/layout.test.mjs measures, by the syntax tree: imports, rooms, circles and lengths.
import { posix } from 'node:path';
import ts from 'typescript';

const parse = (path, text) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest);

function nodesOf(node, found = []) {
  found.push(node);
  ts.forEachChild(node, (child) => void nodesOf(child, found));
  return found;
}

/** No value crosses: what is left of it after compiling is nothing. */
function isTypeOnly({ importClause, exportClause, isTypeOnly }) {
  if (isTypeOnly || importClause?.isTypeOnly) return true;
  const named = importClause?.namedBindings ?? exportClause;
  return !importClause?.name && named?.elements?.length > 0 && named.elements.every((each) => each.isTypeOnly);
}

/** What a file imports of ours: { to, isType, isLate }. */
export function importsOf(path, text) {
  const found = [];
  const add = (specifier, rest) => {
    if (specifier?.text?.startsWith('.'))
      found.push({ to: posix.join(posix.dirname(path), specifier.text.replace(/\.js$/, '.ts')), ...rest });
  };
  for (const node of nodesOf(parse(path, text))) {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
      add(node.moduleSpecifier, { isType: isTypeOnly(node), isLate: false });
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], { isType: false, isLate: true });
    else if (ts.isImportTypeNode(node)) add(node.argument.literal, { isType: true, isLate: false });
  }
  return found;
}

const roomOf = (path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined);

/** Imports of a room that may not be used. `files` are texts by path; `rooms` say which may use which. */
export function wrongWays(files, rooms) {
  return Object.entries(files).flatMap(([path, text]) => {
    const room = roomOf(path);
    if (room === undefined) return []; // an entry
    if (!rooms[room]) return [`${path} is in no room of the table`];
    const allowed = [room, undefined, ...rooms[room]];
    return importsOf(path, text)
      .filter(({ to }) => !allowed.includes(roomOf(to)))
      .map(({ to }) => `${path} imports ${to}`);
  });
}

/** A circle of files that import values of each other, as a path; undefined if there is none. */
export function circle(files) {
  const done = new Set();
  const walk = (path, trail) => {
    const start = trail.indexOf(path);
    if (start >= 0) return [...trail.slice(start), path].join(' -> ');
    if (done.has(path) || files[path] === undefined) return undefined;
    for (const { to, isType } of importsOf(path, files[path])) {
      const found = isType ? undefined : walk(to, [...trail, path]);
      if (found) return found;
    }
    done.add(path);
    return undefined;
  };
  for (const path of Object.keys(files)) {
    const found = walk(path, []);
    if (found) return found;
  }
  return undefined;
}

/** Functions of more than `most` lines, from the first of its head to its last brace, as path:line: lines. */
export function longFunctions(path, text, most) {
  const source = parse(path, text);
  const lineOf = (at) => source.getLineAndCharacterOfPosition(at).line + 1;
  return nodesOf(source)
    .filter((node) => ts.isFunctionLike(node) && node.body)
    .map((node) => [lineOf(node.getStart(source)), lineOf(node.getEnd())])
    .filter(([first, last]) => last - first + 1 > most)
    .map(([first, last]) => `${path}:${first}: ${last - first + 1} lines`);
}

/** Lines of more than `most` columns, as path:line. */
export const longLines = (path, text, most) =>
  text.split('\n').flatMap((line, i) => (line.length > most ? [`${path}:${i + 1}: ${line.length} columns`] : []));
