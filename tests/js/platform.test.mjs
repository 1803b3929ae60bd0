// What the platform sees of the runtime: rejections, and timers that tests replace.
import { expect, jest, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ready, sleep } from '../../dist/index.js';

test('a promise that is rejected already is handled by C that awaits it, also when the slice is over', async () => {
  // In a process of its own: this one's rejections are jest's.
  const script = fileURLToPath(new URL('support/rejected.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', script]);
  expect(JSON.parse(stdout)).toEqual({ failed: 4000, unhandled: 0 });
});

test('fake timers are looked up when they are used, also when the runtime was loaded before', async () => {
  await ready();
  jest.useFakeTimers();
  try {
    const nap = sleep(60_000).then(() => 'slept');
    await jest.advanceTimersByTimeAsync(60_001);
    expect(await nap).toBe('slept');
  } finally {
    jest.useRealTimers();
  }
});
