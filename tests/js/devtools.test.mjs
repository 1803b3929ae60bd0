// `devtools: true`: what the browser's DevTools are told (tests/browser/devtools.mjs asks them).
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { load } from '../../dist/index.js';
import { microtasks, moduleOf, reasonOf, sleep } from './support/apps.mjs';

const unused = () => {
  throw new Error('not expected to be called');
};
const none = {
  fetchText: unused,
  measure: unused,
  getI32: unused,
  getValue: unused,
  getBytes: unused,
  beep: unused,
};
const app = async (imports, options = { devtools: true }) =>
  load(await moduleOf('imports'), { imports: { ...none, ...imports }, ...options });

/** Those of a track, as the panel hears of them. */
let measures = [];
const on = (track) => measures.filter(({ detail }) => detail.devtools.track === track);
const { measure } = performance;
beforeEach(() => {
  measures = [];
  performance.measure = (name, options) => {
    const entry = measure.call(performance, name, options);
    measures.push(entry);
    return entry;
  };
});
afterEach(() => {
  performance.measure = measure;
  jest.restoreAllMocks();
});

describe('tracks', () => {
  test('show calls, what C calls, and turns', async () => {
    const one = await app({ fetchText: async (url) => (await sleep(5), `${url}!`) });
    expect(await one.download('a')).toBe('a!');
    await microtasks();
    const [call] = on('C futures');
    const [promise] = on('JavaScript promises');
    expect(call).toMatchObject({ name: 'rouse: download()', entryType: 'measure' });
    expect(call.detail.devtools).toEqual({
      dataType: 'track-entry',
      trackGroup: 'rouse',
      track: 'C futures',
      color: 'primary',
      properties: [['outcome', 'fulfilled']],
      tooltipText: 'download()',
    });
    expect(promise.name).toBe('rouse: fetchText()');
    expect(call.startTime).toBeLessThanOrEqual(promise.startTime);
    expect(promise.duration).toBeGreaterThan(3);
    expect(on('turns').length).toBeGreaterThanOrEqual(2);
  });

  test('show what failed as such, whether it threw or rejected', async () => {
    const one = await app({
      fetchText: async () => Promise.reject(new Error('offline')),
      beep: unused,
    });
    expect((await reasonOf(one.download('a'))).message).toContain('offline');
    await microtasks();
    const outcomes = measures.filter(({ detail }) => detail.devtools.color === 'error');
    expect(outcomes.map(({ name }) => name).sort()).toEqual(['rouse: download()', 'rouse: fetchText()']);
  });

  test('leave nothing in the list of measures', async () => {
    const one = await app({ fetchText: (url) => url });
    await one.download('a');
    expect(measures.length).toBeGreaterThan(0);
    expect(performance.getEntriesByType('measure')).toEqual([]);
  });

  test('show no call that never ran', async () => {
    const one = await app({});
    one.download('a');
    await microtasks();
    expect(on('C futures')).toEqual([]);
  });

  test('are not made unless asked for', async () => {
    console.createTask = jest.fn(console.createTask);
    const one = await app({ fetchText: (url) => url }, {});
    await one.download('a');
    expect(measures).toEqual([]);
    expect(console.createTask).not.toHaveBeenCalled();
  });
});

describe('a stack', () => {
  const { createTask } = console;
  afterEach(() => {
    console.createTask = createTask;
  });

  test('goes on in whoever made the call', async () => {
    const running = [];
    console.createTask = (name) => ({
      run(body) {
        running.push(name);
        try {
          return body();
        } finally {
          running.pop();
        }
      },
    });
    let seen;
    const one = await app({
      fetchText(url) {
        seen = [...running];
        return url;
      },
    });
    await one.download('a');
    expect(seen).toEqual(['download']);
    expect(running).toEqual([]);
  });

  test.each(['createTask', 'measure'])('and tracks work without %s', async (missing) => {
    if (missing === 'measure') performance.measure = undefined;
    else console.createTask = undefined;
    const one = await app({ fetchText: (url) => url });
    expect(await one.download('a')).toBe('a');
  });
});
