// lengths.mjs: what is too long in a folder of TypeScript: a line, a function, a file.
import ts from 'typescript';
import { parseFolder } from './rooms.mjs';

const COLUMNS = 120;
const FUNCTION = 40; // lines
const FILE = 400; // lines

function longFunctions(name, source) {
  const long = [];
  const lineOf = (position) => source.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      const [first, last] = [lineOf(node.getStart(source)), lineOf(node.end)];
      if (last - first >= FUNCTION) long.push(`${name}:${first}: a function of ${last - first + 1} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return long;
}

/** A sentence for each. */
export function tooLong(folder) {
  return [...parseFolder(folder)].flatMap(([name, source]) => {
    const lines = source.text.trimEnd().split('\n');
    const wide = lines.flatMap((line, i) =>
      line.length > COLUMNS ? [`${name}:${i + 1}: a line of ${line.length} columns`] : [],
    );
    return [
      ...wide,
      ...longFunctions(name, source),
      ...(lines.length > FILE ? [`${name}: ${lines.length} lines`] : []),
    ];
  });
}
