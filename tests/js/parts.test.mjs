// What is fetched only when it is needed: by whom, and what holds where nothing can be fetched later, as in
// worklets, whose globals are few.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createContext, SourceTextModule } from 'node:vm';
import { program, tinyModule } from './wasm.mjs';

const dist = new URL('../../dist/', import.meta.url);
const wasm = (name) => readFileSync(new URL(`../../build/js-programs/${name}.wasm`, import.meta.url));
let out;
const none = () => {};
const imports = { fetchText: none, measure: none, getI32: none, getValue: none, getBytes: none, beep: none };
const stdout = (text) => (out += text);
beforeEach(() => (out = ''));

/** An entry of the package in a realm of its own. `fetched` is told what is imported later; without it that
    fails. */
async function realm(entry, { globals = {}, fetched } = {}) {
  const context = createContext({ AbortController, ...globals });
  const modules = new Map();
  const make = (url) => {
    if (!modules.has(url.href))
      modules.set(
        url.href,
        new SourceTextModule(readFileSync(url, 'utf8'), {
          context,
          identifier: url.href,
          initializeImportMeta: (meta) => (meta.url = url.href),
          importModuleDynamically:
            fetched &&
            (async (name) => {
              fetched.push(basename(name, '.js'));
              return ready(make(new URL(name, url)));
            }),
        }),
      );
    return modules.get(url.href);
  };
  const ready = async (module) => {
    if (module.status === 'unlinked') await module.link((name, { identifier }) => make(new URL(name, identifier)));
    await module.evaluate();
    return module;
  };
  return (await ready(make(new URL(entry, dist)))).namespace;
}
const text = { TextDecoder, TextEncoder };

describe('fetched later', () => {
  const fetchedBy = async (name, options, entry = 'Program') => {
    const fetched = [];
    const { Program, load } = await realm('index.js', { globals: text, fetched });
    const loading = { Program: Program.load, load }[entry];
    const loaded = await loading(wasm(name), { stdout, ...options });
    await loaded.run?.();
    return fetched;
  };

  test('nothing by a program that prints and waits', async () => {
    expect(await fetchedBy('exits.plain')).toEqual([]);
    expect(out).toBe('no newline');
    expect(await fetchedBy('echo.plain')).toEqual(['more']); // it reads
  });

  test('one part for arguments, and one for a trace', async () => {
    expect(await fetchedBy('nap.plain', { args: ['Ann', '1'] })).toEqual(['more']);
    expect(out).toMatch(/^Ann sleeps/);
    expect(await fetchedBy('spin.traced')).toEqual(['trace']);
  });

  test('nothing by an app whose C calls no JavaScript, one part by one that does', async () => {
    expect(await fetchedBy('bridge.plain', {}, 'load')).toEqual([]);
    expect(new Set(await fetchedBy('imports.plain', { imports }, 'load'))).toEqual(new Set(['imports']));
  });
});

test('what runs futures of JavaScript is fetched when the first of them runs', async () => {
  const fetched = [];
  const names = await realm('index.js', { fetched });
  const { channel, from, future, join, mutex, scope, select, sleep, stream, timeout } = names;
  const lock = mutex();
  const made = [
    sleep(1),
    join(sleep(1), sleep(2)),
    select(sleep(1), null),
    timeout(sleep(1), 2),
    lock.lock(),
    channel(1).send('item'),
    future(function* () {})(),
    scope(function* () {}),
  ];
  expect(() => join(sleep(1), 1)).toThrow(/neither a future nor a promise/);
  expect(() => join(sleep(1), sleep)).toThrow(/call it/);
  for (const one of made) one.drop();
  await expect(made[0]).rejects.toMatchObject({ code: 'CANCELLED' });
  stream(function* () {})().cancel();
  expect(await from(async ({ signal }) => signal.aborted)).toBe(false);
  expect(() => lock.tryLock()).toThrow(expect.objectContaining({ code: 'NOT_READY' }));
  expect(fetched).toEqual([]);
  await sleep(1).catch(none); // this realm has no `fetch` for the wasm
  expect(fetched).toEqual(['runtime']);
});

describe('where nothing can be fetched', () => {
  test('a program that prints and waits runs', async () => {
    const { Program } = await realm('index.js', { globals: text });
    expect(await (await Program.load(wasm('exits.plain'), { stdout })).run()).toBe(5);
  });

  test('the part that is missing is named, with the cure', async () => {
    const { Program } = await realm('index.js', { globals: text });
    await expect(Program.load(wasm('nap.plain'), { args: ['Ann', '1'] })).rejects.toMatchObject({
      code: 'NOT_READY',
      message: expect.stringMatching(/'more'.*'rouse\/inline'/),
    });
    const { Program: inWorklet } = await realm('index.js');
    await expect(inWorklet.load(wasm('exits.plain'))).rejects.toMatchObject({ code: 'NOT_READY' });
  });

  test('a module that does not load says why in brief', async () => {
    const { Program, load } = await realm('index.js', { globals: text });
    const { rouse_main: _, ...others } = program;
    await expect(Program.load(tinyModule({ exports: others }))).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringMatching(/does not load: it was linked for another/),
    });
    await expect(Program.load(tinyModule({ exports: { ...program, rouse_abi: 2 } }))).rejects.toThrow(/ABI 2/);
    await expect(load(Uint8Array.of(1, 2, 3))).rejects.toThrow(/does not load: \w/);
  });

  test("'rouse/inline' has all of it", async () => {
    const { Program, load, sleep } = await realm('inline.js');
    const named = await Program.load(new WebAssembly.Module(wasm('nap.plain')), { args: ['\u00c4nn', '1'], stdout });
    expect(await named.run()).toBe(7);
    expect(out).toMatch(/^\u00c4nn sleeps \u00e9\u20ac/);
    const echo = await Program.load(wasm('echo.plain'), { stdout, stdin: 'typed' });
    await echo.run();
    expect(out).toContain('typed');
    await sleep(1);
    const app = await load(wasm('imports.plain'), { imports: { ...imports, fetchText: async () => 'text' } });
    expect(await app.download('a')).toBe('text');
    await expect(Program.load(tinyModule({ exports: {} }))).rejects.toMatchObject({ code: 'MISSING_EXPORT' });
  });
});
