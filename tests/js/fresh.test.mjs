// The two commands begin in a clone without packages: what they load before they install them is Node's
// and ours alone.
import { readFileSync } from 'node:fs';

/** What loading `url` loads with it: our own files go to `seen`, the names of all others come back. */
function loadedNames(url, seen = new Set()) {
  if (seen.has(url.href)) return [];
  seen.add(url.href);
  const text = readFileSync(url, 'utf8');
  const names = [...text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)'/gm)].map(([, name]) => name);
  return names.flatMap((name) => (name.startsWith('.') ? loadedNames(new URL(name, url), seen) : [name]));
}

test.each(['test', 'start'])('tools/%s.mjs loads in a fresh clone', (name) => {
  const seen = new Set();
  const names = loadedNames(new URL(`../../tools/${name}.mjs`, import.meta.url), seen);
  expect(names.filter((loaded) => !loaded.startsWith('node:'))).toEqual([]);
  expect(seen.size).toBeGreaterThan(1); // the reader of imports still reads
});
