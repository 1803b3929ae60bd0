// The Promises/A+ suite, on our thenables: lazy futures and tasks.
import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// The suite is Mocha's, which Jest cannot host: it runs in a process of its own.
describe('Promises/A+', () => {
  test.each(['future', 'task', 'generator'])(
    '%s',
    (kind) => {
      const path = fileURLToPath(new URL('./support/aplus.mjs', import.meta.url));
      const { stdout, status } = spawnSync(process.execPath, [path, kind], { encoding: 'utf8' });
      expect(stdout).toMatch(/^872 passed, 0 failed/m);
      expect(status).toBe(0);
    },
    60_000,
  );
});
