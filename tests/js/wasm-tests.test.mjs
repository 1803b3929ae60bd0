// What runs the tests of wasm modules: each is told of, however it ends, and the next one runs.
import { expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { runWasmTests } from '../../tools/wasm-tests.mjs';

const module = (name) => fileURLToPath(new URL(`../../build/js-programs/${name}.plain.wasm`, import.meta.url));

const testsOf = (commands) =>
  commands.map(([name, ...args], i) => ({ name: `${i}.${name}`, command: [module(name), ...args] }));
const endsOf = (log) => log.match(/^\d\..*(?=, of )/gm);

test('a test that fails, traps or is missing is named with how it ended', async () => {
  const { passed, failed, log } = await runWasmTests(testsOf([['spin'], ['exits'], ['trap'], ['none'], ['spin']]), 1);
  expect(endsOf(log)).toEqual(['1.exits: 5', '2.trap: 134', '3.none: 125']);
  expect(log).toMatch(/TRAPPED the module trapped/);
  expect([passed, failed]).toEqual([2, 3]);
});

test('so is one that never ends, and the next one', async () => {
  const endless = ['nap', 'long', '3600000'];
  const { log } = await runWasmTests(testsOf([endless, endless]), 1, 300);
  expect(endsOf(log)).toEqual(['0.nap: Timeout after 0.3 s', '1.nap: Timeout after 0.3 s']);
});
