// tools/schedule.mjs: which suites run beside which, and in what order they are told of.
import { describe, expect, test } from '@jest/globals';
import { interleave, runAll } from '../../tools/schedule.mjs';

const passed = { passed: 1 };

/** Suites that end when they are told to: `end(name)`. `log` holds what began, and what was told. */
function world(list, lanes = 2) {
  const log = [];
  const ends = new Map();
  const suites = list.map((suite) => ({
    ...suite,
    run: () => (log.push(`begin ${suite.name}`), new Promise((resolve) => ends.set(suite.name, resolve))),
  }));
  const all = runAll(suites, ({ name }, { failed }) => log.push(`tell ${name}${failed ? ' failed' : ''}`), lanes);
  const since = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return log.splice(0).join(', ');
  };
  const end = (name, result = passed) => (ends.get(name)(result), since());
  return { all, end, since };
}

const builds = true;

describe('suites', () => {
  test('run two at a time: one that builds beside one that does not', async () => {
    const { since, end } = world([{ name: 'a', builds }, { name: 'b', builds }, { name: 'c' }, { name: 'd' }]);
    expect(await since()).toBe('begin a, begin c');
    expect(await end('c')).toBe('begin d');
    expect(await end('a')).toBe('tell a, begin b');
    expect(await end('b')).toBe('tell b, tell c');
    expect(await end('d')).toBe('tell d');
  });

  test('run two of a kind when there is no other', async () => {
    const { since, end } = world([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    expect(await since()).toBe('begin a, begin b');
    expect(await end('b')).toBe('begin c');
  });

  test('wait for those whose files they use, unless those do not run at all', async () => {
    const { since, end } = world([
      { name: 'a', after: ['b'] },
      { name: 'b', after: ['not asked for'] },
    ]);
    expect(await since()).toBe('begin b');
    expect(await end('b')).toBe('begin a');
    expect(await end('a')).toBe('tell a, tell b');
  });

  test('that wait for one another are an error', async () => {
    const { all } = world([
      { name: 'a', after: ['b'] },
      { name: 'b', after: ['a'] },
    ]);
    await expect(all).rejects.toThrow('wait for one another: a,b');
  });

  test('that break are a failure each, and the others run', async () => {
    const told = [];
    const suites = [
      {
        name: 'a',
        run() {
          throw new Error('broken');
        },
      },
      { name: 'b', run: async () => passed },
      { name: 'c', needs: 'gcc', run: async () => passed },
    ];
    await runAll(suites, (suite, result) => told.push(result));
    expect(told.map(({ passed, failed, skipped }) => [passed, failed, skipped])).toEqual([
      [0, 1, []],
      [1, 0, []],
      [0, 0, ['c (needs gcc)']],
    ]);
    expect(told[0].log).toContain('broken');
  });
});

test('the rarer kind is spread among the other', () =>
  expect(interleave(['A', 'B'], ['1', '2', '3', '4']).join('')).toBe('1A23B4'));
