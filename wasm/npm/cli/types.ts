// types.ts: rouse types: the TypeScript of what a module exports and imports, from its own descriptions
// (ROUSE_EXPORT, ROUSE_IMPORT). Nothing of the program runs.
import { basename } from 'node:path';
import { camelCase, describe, type Description, type Kind } from '../describe.js';
import { Memory } from '../memory.js';
import { EXIT, Failure, print, readInput, type Command } from './command.js';

const TYPES: Record<Kind, string> = {
  i32: 'number',
  i64: 'bigint',
  f64: 'number',
  bool: 'boolean',
  string: 'string',
  text: 'string',
  bytes: 'Uint8Array',
  value: 'any',
};

/** What ROUSE_ASYNC gives, ROUSE_STREAM, and a poll written by hand: ROUSE_GIVES_ in rouse/private/async.h. */
const GIVES = ['either', 'result', 'items'] as const;

interface Exported extends Description {
  gives: (typeof GIVES)[number];
}

interface Found {
  exported: Exported[];
  imported: Description[];
}

/** An instance to read from: what it imports is never called. */
async function instantiate(path: string): Promise<WebAssembly.Exports> {
  const unused = () => 0;
  try {
    const module = await WebAssembly.compile(readInput(path));
    const imports: Record<string, Record<string, () => number>> = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = unused;
    return (await WebAssembly.instantiate(module, imports)).exports;
  } catch (error) {
    throw new Failure(`${path}: ${(error as Error).message}`);
  }
}

async function find(path: string): Promise<Found> {
  const exports = (await instantiate(path)) as Record<string, any>;
  const memory = new Memory({ get: () => exports.memory });
  const all = (prefix: string) =>
    Object.keys(exports)
      .filter((name) => name.startsWith(prefix))
      .map((name) => describe(memory, exports[name]() >>> 0));
  const gives = ({ at }: Description) => GIVES[memory.u8[memory.word(at + 36)]!]!;
  const found = {
    exported: all('rouse_export_').map((each) => ({ ...each, gives: gives(each) })),
    imported: all('rouse_import_'),
  };
  if (found.exported.length + found.imported.length > 0) return found;
  throw new Failure(`${path}: no ROUSE_EXPORT and no ROUSE_IMPORT in it (for the JavaScript host)`);
}

const parameters = ({ parameters: list }: Description) =>
  list.map(({ name, kind }) => `${camelCase(name)}: ${TYPES[kind]}`);
const result = ({ out }: Description) => (out ? TYPES[out.kind] : 'void');

function exportLine(description: Exported): string {
  const type = result(description);
  const list = parameters(description).join(', ');
  const items = description.gives === 'result' ? '' : ` & AsyncIterable<${type}>`;
  return `  ${camelCase(description.name)}(${list}): Future<${type}>${items};`;
}

function importLine(description: Description): string {
  const type = result(description);
  const list = [...parameters(description), 'options: { signal: AbortSignal }'].join(', ');
  return `  ${camelCase(description.name)}(${list}): ${type} | PromiseLike<${type}>;`;
}

function typesOf(path: string, { exported, imported }: Found): string {
  const block = (about: string, name: string, lines: string[]) => [
    '',
    `/** ${about} */`,
    `export type ${name} = {`,
    ...lines,
    '};',
  ];
  return [
    `// Made by: rouse types ${basename(path)}`,
    ...(exported.length > 0 ? ["import type { Future } from 'rouse';"] : []),
    ...block("C's functions: load<Exports>(...).", 'Exports', exported.map(exportLine)),
    ...block('What C calls: load(..., { imports }).', 'Imports', imported.map(importLine)),
  ].join('\n');
}

export const types: Command = {
  name: 'types',
  operands: 'MODULE',
  summary: 'Prints the TypeScript of what a module exports to JavaScript and imports from it.',
  examples: ['rouse types app.wasm > app.d.ts', 'rouse types --json app.wasm'],
  options: { json: { type: 'boolean', help: 'print the descriptions as JSON' } },
  least: 1,
  async run([path], { json }) {
    const found = await find(path!);
    print(json ? JSON.stringify(found) : typesOf(path!, found));
    return EXIT.ok;
  },
};
