// `npm run bench:page`: how long the page takes in Chromium, beside what is wanted; and how soon programs that would
// not end are stopped, in each browser.
import { browsers } from '../tests/browser/open.mjs';
import { withSite } from '../tests/browser/site.mjs';
import { timesOfStops } from '../tests/browser/stops.mjs';
import { measure } from '../tests/browser/times.mjs';
import { findTool } from './setup.mjs';

const STOP_MS = 500;

function print(name, value, goal, unit) {
  const digits = goal < 1 ? 3 : goal < 100 ? 1 : 0;
  const row = [name.padEnd(60), value.toFixed(digits).padStart(8), unit.padEnd(3), `wanted ${goal}`.padStart(14)];
  console.log(`${row.join(' ')}${Number(value.toFixed(digits)) > goal ? '  missed' : ''}`);
}

const { log } = await withSite('bench', async (site, address) => {
  for (const row of await measure(site, address)) print(...row);
  for (const browser of browsers)
    if (!(await findTool(browser))) console.log(`${browser} is not here`);
    else
      for (const [name, time] of await timesOfStops(browser, site))
        print(`stopped in ${browser}: ${name}`, time, STOP_MS, 'ms');
});
if (log) console.error(log);
process.exitCode = log ? 1 : 0;
