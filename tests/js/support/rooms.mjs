// rooms.mjs: a folder of TypeScript is a house of rooms, its folders. A table says which rooms each may import from:
// { base: [], host: ['base'] }. The room '.' holds the files that lie in the folder itself.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The TypeScript files of a folder, by their paths from it, with what the compiler reads in them. */
export function parseFolder(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts'));
  const parse = (name) => ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest);
  return new Map(names.sort().map((name) => [name, parse(name)]));
}

const isTypeClause = (clause) =>
  clause?.isTypeOnly || (clause?.namedBindings?.elements?.every((one) => one.isTypeOnly) && !clause.name);

/** What a file imports by a relative path: `to`, and whether only as a type. */
function importsOf(name, source) {
  const found = [];
  const visit = (node) => {
    const isDeclaration = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const at = isDeclaration ? node.moduleSpecifier : isCall ? node.arguments[0] : undefined;
    if (at?.text?.startsWith('.')) {
      const to = join(dirname(name), at.text).replace(/\.js$/, '.ts');
      found.push({ to, isType: Boolean(isDeclaration && (node.isTypeOnly || isTypeClause(node.importClause))) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const roomOf = (name) => (name.includes('/') ? name.split('/')[0] : '.');

/** Files that need one another to run, as `a.ts -> b.ts -> a.ts`; what only types tie together is no circle. */
function circles(imports) {
  const found = [];
  const done = new Set();
  const walk = (name, path) => {
    const start = path.indexOf(name);
    if (start >= 0) return void found.push([...path.slice(start), name].join(' -> '));
    if (done.has(name)) return;
    for (const { to, isType } of imports.get(name) ?? []) if (!isType) walk(to, [...path, name]);
    done.add(name);
  };
  for (const name of imports.keys()) walk(name, []);
  return found;
}

/** All that breaks the table, a sentence each: none if the house is in order. An import of a type counts as well. */
export function checkRooms(folder, table) {
  const imports = new Map([...parseFolder(folder)].map(([name, source]) => [name, importsOf(name, source)]));
  const rooms = new Set([...imports.keys()].map(roomOf));
  const wrong = [];
  for (const room of rooms) if (!table[room]) wrong.push(`the table does not name the room ${room}`);
  for (const room of Object.keys(table)) if (!rooms.has(room)) wrong.push(`there is no room ${room}`);
  for (const [name, list] of imports)
    for (const { to } of list) {
      const [from, into] = [roomOf(name), roomOf(to)];
      if (!imports.has(to)) wrong.push(`${name} imports ${to}, which is not in this house`);
      else if (from !== into && !table[from]?.includes(into))
        wrong.push(`${name} imports ${to}, and ${from} may not import from ${into}`);
    }
  return [...wrong, ...circles(imports).map((circle) => `a circle: ${circle}`)];
}
