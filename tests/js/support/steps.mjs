// What the tests of futures written in JavaScript share: one that logs, and a look at what is left.
import { expect } from '@jest/globals';
import { future, sleep } from '../../../dist/index.js';
import { runtime } from '../../../dist/native/runtime.js';
import { until } from './apps.mjs';

export const log = [];
export const taken = () => log.splice(0).join(' ');

/** Logs its start and its end, whichever it is. */
export const step = future(function* (name, ms = 1, result = name) {
  log.push(`>${name}`);
  try {
    yield* sleep(ms);
    if (result instanceof Error) throw result;
    return result;
  } finally {
    log.push(`<${name}`);
  }
});

/** Nothing of the runtime's is in use. */
export async function expectNothingLeft() {
  const { frames, roots, waits, items } = runtime();
  const left = () => [frames.size, roots.size, waits.size, items.size];
  await until(() => left().every((size) => size === 0));
  expect(left()).toEqual([0, 0, 0, 0]);
}
