// The tables of docs/ that are made from what is compiled and measured. Without an argument: are
// they what they should be? With --write: writes them, between `<!-- table: NAME -->` and
// `<!-- end -->`.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { root } from './process.mjs';

const read = (file) => readFileSync(`${root}/${file}`, 'utf8');
const row = (cells) => `| ${cells.join(' | ')} |`;
const code = (text) => `\`${text.trim().replaceAll('|', '\\|')}\``;

// ---- docs/coming-from.md: a comment `// Tokio: ...` and the paragraph below it -------------------

const peers = 'Tokio|futures-rs|smol|Rust std|Go|JS|Node|libuv|epoll|Threads|Coroutines';
const paragraph = new RegExp(`((?:^ *// (?:${peers}): .*\n)+)((?:.*\\S.*\n)+?)\n`, 'gm');
const themes = 'tasks time combine channels unbounded locks scopes streams bytes files net leaves';

/** [{ peer, there, here }] in the order of the sources. */
function comingFrom() {
  const sources = themes.split(' ').map((name) => read(`tests/coming_from/${name}.c`));
  return [...sources.join('\n').matchAll(paragraph)].flatMap(([, comments, statements]) =>
    comments
      .trimEnd()
      .split('\n')
      .map((line) => line.match(/\/\/ ([^:]*): (.*)/))
      .map(([, peer, there]) => ({ peer, there, here: cellOf(statements) })),
  );
}

/** One code span per statement. What only a test says around it is left out: EXPECT(x). */
function cellOf(statements) {
  const joined = statements
    .trimEnd()
    .replace(/^ *EXPECT_PENDING\((.*)\);$/gm, '$1')
    .replace(/^ *EXPECT_EQ\(([^;]*), ROUSE_OK\);$/gm, '$1;')
    .replace(/^ *EXPECT\(!?(.*)\);$/gm, '$1')
    .replace(/([^;{}])\n\s+/g, '$1 ');
  return joined.split('\n').map(code).join('<br>');
}

function peerTable(peer) {
  const rows = comingFrom().filter((entry) => entry.peer === peer);
  return [row([peer, 'rouse']), '|---|---|', ...rows.map(({ there, here }) => row([code(there), here]))];
}

// ---- docs/performance.md: what each primitive adds to a module -----------------------------------

function sizeTable() {
  const sizes = new Map();
  const presets = ['wasi', 'emscripten'];
  for (const line of read('tests/size/primitives.txt').split('\n')) {
    const [preset, name, bytes] = line.split(' ');
    if (presets.includes(preset)) sizes.set(name, { ...sizes.get(name), [preset]: Number(bytes).toLocaleString('en') });
  }
  return [
    row(['primitive', ...presets]),
    '|---|---:|---:|',
    ...[...sizes].map(([name, by]) => row([name, ...presets.map((preset) => by[preset] ?? '')])),
  ];
}

const made = (name) => (name === 'sizes' ? sizeTable() : peerTable(name));

/** The files whose tables are not what they should be. */
export function staleTables({ write = false } = {}) {
  const stale = [];
  for (const name of readdirSync(`${root}/docs`).filter((file) => file.endsWith('.md'))) {
    const text = read(`docs/${name}`);
    const fresh = text.replace(
      /^<!-- table: (.*) -->\n[\s\S]*?^<!-- end -->$/gm,
      (_, table) => `<!-- table: ${table} -->\n\n${made(table).join('\n')}\n\n<!-- end -->`,
    );
    if (fresh === text) continue;
    stale.push(`docs/${name}`);
    if (write) writeFileSync(`${root}/docs/${name}`, fresh);
  }
  return stale;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const write = process.argv.includes('--write');
  const stale = staleTables({ write });
  for (const file of stale) console.log(`${file}: ${write ? 'written' : 'its tables are stale'}`);
  process.exitCode = stale.length > 0 && !write ? 1 : 0;
}
