// rooms.mjs finds what it should: a wrong include, a wrong call and a circle, planted in a library of two rooms.
//   node rooms_planted.mjs WORK CC AR
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [work, cc, ar] = process.argv.slice(2);
const checker = join(dirname(fileURLToPath(import.meta.url)), 'rooms.mjs');
const list = 'core src/low\ncore src/high low\n';
const good = {
  'src/low/l.c': 'int low(void) { return 1; }',
  'src/low/l.h': 'int low(void);',
  'src/high/h.c': '#include "../low/l.h"\nint high(void) { return low(); }',
  'src/high/h.h': 'int high(void);',
};
const include = { 'src/low/i.c': '#include "../high/h.h"\nint i;' };
const circle = {
  'src/high/a.c': 'int b(void);\nint a(void) { return b(); }',
  'src/high/b.c': 'int a(void);\nint b(void) { return a(); }',
};
const call = { 'src/low/c.c': 'int high(void);\nint c(void) { return high(); }' };

/** What the checker says of a library of these files. */
function check(files) {
  rmSync(work, { recursive: true, force: true });
  for (const [path, text] of Object.entries({ 'runtime/sources.txt': list, ...files })) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), `${text}\n`);
  }
  const sources = Object.keys(files).filter((path) => path.endsWith('.c'));
  execFileSync(cc, ['-c', ...sources], { cwd: work });
  const objects = sources.map((path) => path.replace(/.*\/(\w+)\.c$/, '$1.o'));
  execFileSync(ar, ['qc', 'library.a', ...objects], { cwd: work });
  const { status, stdout } = spawnSync(process.execPath, [checker, work, join(work, 'library.a')], {
    encoding: 'utf8',
  });
  return { status, says: stdout.split('\n')[0] };
}

const expected = [
  [good, { status: 0, says: '' }],
  [
    { ...good, ...include },
    { status: 1, says: 'low may not use high: src/low/i.c includes ../high/h.h' },
  ],
  [
    { ...good, ...call },
    { status: 1, says: 'low may not use high: c.c calls high of h.c' },
  ],
];
for (const [files, wanted] of expected) {
  const got = check(files);
  if (JSON.stringify(got) === JSON.stringify(wanted)) continue;
  console.log(`expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
  process.exitCode = 1;
}
