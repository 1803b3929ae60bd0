// `npm test`: installs what is missing, runs every suite on every build, and counts.
// `npm test -- NAME...`: only the suites with one of these in their names.
import { availableParallelism, loadavg } from 'node:os';
import { lastLines } from './process.mjs';
import { interleave, runAll } from './schedule.mjs';
import { setUp, tools } from './setup.mjs';
import { buildSuites, hostSuites } from './suites.mjs';
import { closeBrowsers } from '../tests/browser/open.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };

function tell(place, { name }, { passed, failed, skipped, seconds, note, log }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped.length;
  console.log(`${place} ${name}: ${passed} passed, ${failed} failed, ${skipped.length} skipped, ${seconds} s`);
  for (const what of skipped) console.log(`  skipped: ${what}`);
  if (note) console.log(`  ${note}`);
  if (log) console.log(lastLines(log, 200));
}

const loadOfLastMinute = () => loadavg()[0].toFixed(1);

const loadBefore = loadOfLastMinute();
const { found, missing, seconds } = await setUp(Object.keys(tools));
const wanted = process.argv.slice(2);
const isWanted = ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part));
const all = interleave(buildSuites(found), hostSuites(found)).filter(isWanted);
await runAll(all, (suite, result, index) => tell(`[${index + 1}/${all.length}]`, suite, result));
await closeBrowsers();
console.log(`set-up ${seconds} s, tests ${(performance.now() / 1000 - seconds).toFixed(0)} s`);
console.log(`${availableParallelism()} cores, load ${loadBefore} before and ${loadOfLastMinute()} after`);
if (missing.length > 0) console.log(`missing tools: ${missing.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || all.length === 0 ? 1 : 0;
