// What runs the tests of wasm modules: each is told of, however it ends, and the next one runs.
import { expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { runWasmTests } from '../../tools/wasm-tests.mjs';

const module = (name) => fileURLToPath(new URL(`../../build/js-programs/${name}.plain.wasm`, import.meta.url));

test('a test that fails, traps, is missing or never ends is named with how it ended', async () => {
  const commands = [['spin'], ['exits'], ['trap'], ['none'], ['nap', 'long', '3600000'], ['spin']];
  const tests = commands.map(([name, ...args], i) => ({ name: `${i}.${name}`, command: [module(name), ...args] }));
  const { passed, failed, log } = await runWasmTests(tests, 1, 2000);
  const ends = log.match(/^\d\..*(?=, of )/gm);
  expect(ends).toEqual(['1.exits: 5', '2.trap: 134', '3.none: 125', '4.nap: Timeout after 2 s']);
  expect(log).toMatch(/TRAPPED the module trapped/);
  expect([passed, failed]).toEqual([2, 4]);
}, 30_000);
