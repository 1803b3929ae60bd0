// A public header shows its first function within 80 lines.
//   node prototypes.mjs ROOT
// What counts: the line where a function declaration ends in `);`, or the macro that makes a future where that
// is what the header is for. A typedef, a struct, an inline function's body and any other macro do not count. A
// header of nothing but includes has no function.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MOST_LINES = 80;
const MAKES_FUTURES = /^#\s*define ROUSE_(ASYNC|STREAM|IMPORT)\(/;

const blank = (text) => text.replace(/[^\n]/g, ' ');

/** The text on the same lines, without comments, strings, other directives and `extern "C" {`. */
function bare(text) {
  return text
    .replace(/\/\*[^]*?\*\//g, blank)
    .replace(/^[ \t]*extern "C" \{/gm, blank)
    .replace(/^[ \t]*#(?:.*\\\n)*.*/gm, (directive) => (MAKES_FUTURES.test(directive) ? directive : blank(directive)))
    .replace(/"(?:\\.|[^"\\\n])*"/g, blank);
}

/** The number of that line; 0: the header declares nothing; Infinity: it has no function. */
export function firstPrototype(text) {
  const code = bare(text);
  let depth = 0;
  let statement = '';
  for (const [i, line] of code.split('\n').entries()) {
    if (MAKES_FUTURES.test(line)) return i + 1;
    for (const char of line) {
      if (char === '{') depth++;
      if (depth === 0) statement += char;
      if (char === '}' && --depth === 0) statement += '{}';
      if (depth !== 0 || (char !== ';' && !(char === '}' && statement.includes('(')))) continue;
      if (/\)\s*;$/.test(statement) && !/^\s*typedef\b/.test(statement)) return i + 1;
      statement = '';
    }
    statement += ' ';
  }
  return code.trim() === '' ? 0 : Infinity;
}

const planted = `/* void not_this(void); */
#define NOR_THIS(x) \\
    void x(void);
typedef void (*nor_this)(int);
struct s {
    void (*nor_this)(void);
};
static inline int nor_this_one(void)
{
    return f(1);
}
int this_one(
    int a);
`;
const found = [
  firstPrototype(planted),
  firstPrototype('#include "a.h"\n'),
  firstPrototype('struct s {\n  int a;\n};\n'),
];
if (String(found) !== '13,0,Infinity') throw new Error(`the test itself is wrong: ${found}`);

const folder = join(process.argv[2], 'runtime/include/rouse');
const late = readdirSync(folder)
  .filter((name) => name.endsWith('.h'))
  .map((name) => [name, firstPrototype(readFileSync(join(folder, name), 'utf8'))])
  .filter(([, line]) => line > MOST_LINES);
for (const [name, line] of late) console.error(`${name}: the first function is on line ${line}, not by ${MOST_LINES}`);
process.exitCode = late.length > 0 ? 1 : 0;
