// `npm run coverage`: lines of runtime/src that no test reaches. The checked and the hostile build
// are taken together: each compiles lines that the other does not have.
import { readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, test } from './cmake.mjs';
import { root, run } from './process.mjs';

const presets = ['native-coverage', 'native-coverage-hostile'];
const objects = (preset) => `${root}/build/${preset}/CMakeFiles/rouse.dir/runtime/src`;

const countFiles = (preset) =>
  readdirSync(objects(preset), { recursive: true }).filter((file) => file.endsWith('.gcda'));

/** hits.get(file) is a map from line to how often it ran. */
async function collect(preset, hits) {
  const scratch = mkdtempSync(join(tmpdir(), 'rouse-gcov-'));
  const data = countFiles(preset);
  await run('gcov', ['--json-format', ...data.map((file) => join(objects(preset), file))], {
    cwd: scratch,
  });
  for (const name of readdirSync(scratch)) {
    const report = JSON.parse(gunzipSync(readFileSync(join(scratch, name))));
    for (const { file, lines } of report.files) {
      if (!file.includes('runtime/src/')) continue;
      const short = file.slice(file.indexOf('runtime/src/'));
      const counts = hits.get(short) ?? hits.set(short, new Map()).get(short);
      for (const { line_number: line, count } of lines) counts.set(line, (counts.get(line) ?? 0) + count);
    }
  }
  rmSync(scratch, { recursive: true });
}

function removeCounts(preset) {
  for (const file of countFiles(preset)) rmSync(join(objects(preset), file));
}

export async function coverage() {
  const hits = new Map();
  const result = { passed: 0, failed: 0, skipped: [], log: '' };
  for (const preset of presets) {
    try {
      await build(preset);
    } catch (error) {
      return { ...result, failed: 1, log: error.message };
    }
    removeCounts(preset);
    const { failed, log } = await test(preset, { without: ['any-build', 'diagnostics'] });
    if (failed > 0) return { ...result, failed, log };
    await collect(preset, hits);
  }
  let lines = 0;
  let missed = 0;
  for (const [file, counts] of [...hits].sort()) {
    const never = [...counts].filter(([, count]) => count === 0).map(([line]) => line);
    lines += counts.size;
    missed += never.length;
    if (never.length > 0) result.log += `${file}: never reached: ${never.join(', ')}\n`;
  }
  result.note = `${lines - missed} of ${lines} lines of runtime/src are reached`;
  if (missed > 0 || lines === 0) result.failed = 1;
  else result.passed = 1;
  return result;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { note, log, failed } = await coverage();
  console.log(log + (note ?? ''));
  process.exitCode = failed > 0 ? 1 : 0;
}
