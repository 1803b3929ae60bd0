// highlight.ts: colours C and JavaScript. A lesson is short and has no comments over several lines, so one regular
// expression per line is enough.

const KEYWORDS =
  'struct|static|int|const|char|void|return|if|else|for|while|switch|case|enum|unsigned|' +
  'function|async|await|let|new|class|import|export|from|try|catch|finally|throw|of|in';

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>\/\/.*|\/\*.*?\*\/)`,
    String.raw`(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\x60(?:\\.|[^\x60\\])*\x60|<[a-z/]+\.h>)`,
    String.raw`(?<macro>\bROUSE_[A-Z_]+\b|#\s*\w+)`,
    String.raw`(?<keyword>\b(?:${KEYWORDS})\b)`,
    String.raw`(?<number>\b\d+\b)`,
    String.raw`(?<call>\b[A-Za-z_]\w*(?=\())`,
  ].join('|'),
  'g',
);

function span(kind: string, text: string): HTMLSpanElement {
  const element = document.createElement('span');
  element.className = kind;
  element.textContent = text;
  return element;
}

/** One line of source as nodes: plain text and coloured spans. */
export function highlightLine(line: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let at = 0;
  for (const match of line.matchAll(TOKEN)) {
    nodes.push(line.slice(at, match.index));
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0];
    nodes.push(span(kind ?? 'plain', match[0]));
    at = match.index + match[0].length;
  }
  nodes.push(line.slice(at));
  return nodes;
}
