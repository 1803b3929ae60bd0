// 'rouse/inline': the built-in runtime is there at once; this file has it for itself.
import { expect, test } from '@jest/globals';
import { channel, future, mutex, sleep } from '../../dist/inline.js';

test('try functions work at once, and futures run', async () => {
  expect(mutex().tryLock()).toBeDefined();
  expect(channel(1).trySend('x')).toBe(true);
  const body = future(function* () {
    yield* sleep(1);
    return 'done';
  });
  expect(await body()).toBe('done');
});
