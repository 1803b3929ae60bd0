// The Promises/A+ suite, on our thenables: lazy futures and tasks.
import { describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

// The suite is Mocha's, which Jest cannot host: it runs in a process of its own. It mostly waits, so all three at once.
describe('Promises/A+', () => {
  test.concurrent.each(['future', 'task', 'generator'])('%s', async (kind) => {
    const path = fileURLToPath(new URL('./support/aplus.mjs', import.meta.url));
    const { stdout, code = 0 } = await promisify(execFile)(process.execPath, [path, kind]).catch((error) => error);
    expect(stdout).toMatch(/^872 passed, 0 failed/m);
    expect(code).toBe(0);
  });
});
