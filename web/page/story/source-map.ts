// source-map.ts: finds the parts of an async function in a lesson's C. The trace has lines for awaits only; macros at
// the beginning of a line give away the rest.

export interface SourceMap {
  /** The lines of a body, from ROUSE_ASYNC to ROUSE_END; undefined for a type of the library. */
  body(type: string): [number, number] | undefined;
  struct(type: string): number | undefined;
  main(): number | undefined;
  /** Within a body, the next line at or below `from` that calls or makes `word`; else the first. */
  mention(word: string, body: readonly [number, number], from?: number): number | undefined;
}

export function mapSource(source: string): SourceMap {
  const lines = source.split('\n');
  const find = (start: string, from = 0) => {
    const index = lines.findIndex((line, i) => i >= from && line.trimStart().startsWith(start));
    return index < 0 ? undefined : index + 1;
  };
  return {
    body(type) {
      const from = find(`ROUSE_ASYNC(${type})`);
      const to = from && find('ROUSE_END', from);
      return from && to ? [from, to] : undefined;
    },
    struct: (type) => find(`struct ${type} {`),
    main: () => find('ROUSE_MAIN('),
    mention(word, [first, last], from = first) {
      const says = new RegExp(`\\b${word}\\(|\\bROUSE_FUTURE\\(${word}\\b`);
      const found = lines.flatMap((line, i) => (i + 1 > first && i < last && says.test(line) ? [i + 1] : []));
      return found.find((line) => line >= from) ?? found[0];
    },
  };
}

const CALL = /(?:printf|console\.log)\((["`])(.*?)\1/;
const HOLE = /%[a-z]+|\$\{[^}]*\}/;

/** The line that printed a text: the first whose format can have given it. */
export function printedAt(source: string, text: string): number | undefined {
  const lines = source.split('\n');
  const index = lines.findIndex((line) => {
    const format = CALL.exec(line)?.[2]?.replace(/\\n$/, '');
    if (format === undefined) return false;
    const literal = format.split(HOLE).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${literal.join('.*')}$`).test(text);
  });
  return index < 0 ? undefined : index + 1;
}
