// `npm run bench:page`: how long the page takes in Chromium, beside what is wanted.
import { measure } from '../tests/browser/times.mjs';
import { withSite } from '../tests/browser/site.mjs';

const { log } = await withSite('bench', async (site, address) => {
  for (const [name, value, goal, unit] of await measure(site, address)) {
    const digits = goal < 1 ? 3 : goal < 100 ? 1 : 0;
    const row = [name.padEnd(44), value.toFixed(digits).padStart(8), unit.padEnd(3), `wanted ${goal}`.padStart(14)];
    console.log(`${row.join(' ')}${value > goal ? '  missed' : ''}`);
  }
});
if (log) console.error(log);
process.exitCode = log ? 1 : 0;
