// What runs the tests of a build: each is told of, however it ends, and the next one runs.
import { expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { runBatch } from '../../tools/batch.mjs';

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

test('a module that fails, traps, is missing or never ends is named with how it ended', async () => {
  const commands = [['spin'], ['exits'], ['trap'], ['none'], ['nap', 'long', '3600000'], ['spin']];
  const run = ['node', path('tools/run-wasm.mjs')];
  const tests = commands.map(([name, ...args], i) => {
    return { name: `${i}.${name}`, command: [...run, path(`build/js-programs/${name}.plain.wasm`), ...args] };
  });
  const { passed, failed, log } = await runBatch(tests, 1, 2000);
  const ends = log.match(/^\d\..*/gm);
  expect(ends).toEqual(['1.exits: exit 5', '2.trap: exit 134', '3.none: exit 125', '4.nap: exit Timeout after 2 s']);
  expect(log).toMatch(/TRAPPED the module trapped/);
  expect([passed, failed]).toEqual([2, 4]);
}, 30_000);

test('a test that ends the program of all tests fails alone, and so does one that is not there', async () => {
  const program = [process.execPath, path('tests/js/support/tests-program.mjs')];
  const tests = ['a.1', 'a.2', 'a.3', 'a.4', 'a.5', 'a.6'].map((name) => ({ name, command: [...program, name] }));
  for (const jobs of [1, 2, 3]) {
    const { passed, failed, log } = await runBatch(tests, jobs);
    expect(log).toBe('a.2: two fails\n\na.3: three ends all\n\nthe program ended\na.6: was not heard of\n');
    expect([passed, failed]).toEqual([3, 3]);
  }
});
