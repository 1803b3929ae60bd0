// Before the built-in runtime is loaded; this file has it for itself.
import { describe, expect, test } from '@jest/globals';
import { channel, mutex, ready, RouseError, semaphore, sleep } from '../../dist/index.js';

describe('before the runtime is loaded', () => {
  test('futures are inert, and try functions say NOT_READY', async () => {
    const nap = sleep(1);
    const lock = mutex();
    expect(() => lock.tryLock()).toThrow(RouseError);
    expect(() => channel(1).trySend(1)).toThrow(expect.objectContaining({ code: 'NOT_READY' }));
    expect(() => semaphore(1).tryAcquire()).toThrow(/await ready\(\)/);
    await Promise.all([ready(), ready(), nap]);
    expect(lock.tryLock()).toBeDefined();
  });
});
