// Realms with few globals, as worklets have: nothing can be imported or fetched there once the scripts are loaded.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createContext, SourceTextModule } from 'node:vm';
import { program, tinyModule } from './wasm.mjs';

const dist = new URL('../../dist/', import.meta.url);
const wasm = (name) => readFileSync(new URL(`../../build/js-programs/${name}.wasm`, import.meta.url));
let out;
const none = () => {};
const imports = { fetchText: none, measure: none, getI32: none, getValue: none, getBytes: none, beep: none };
const stdout = (text) => (out += text);
beforeEach(() => (out = ''));

/** An entry of the package in a realm of its own, where import() fails. */
async function realm(entry, globals = {}) {
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
        }),
      );
    return modules.get(url.href);
  };
  const module = make(new URL(entry, dist));
  await module.link((name, { identifier }) => make(new URL(name, identifier)));
  await module.evaluate();
  return module.namespace;
}
const text = { TextDecoder, TextEncoder };

test('futures are inert before the wasm is there, and say so when it cannot come', async () => {
  const names = await realm('index.js');
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
  await expect(sleep(1)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' }); // it has no URL
});

describe.each([
  ['with TextDecoder', text],
  ['without', {}],
])('a module given as bytes, %s', (_, globals) => {
  test('prints, waits, and takes arguments and stdin', async () => {
    const { Program } = await realm('index.js', globals);
    expect(await (await Program.load(wasm('exits.plain'), { stdout })).run()).toBe(5);
    expect(out).toBe('no newline');
    const named = await Program.load(wasm('nap.plain'), { args: ['\u00c4nn', '1'], stdout });
    expect(await named.run()).toBe(7);
    expect(out).toMatch(/\u00c4nn sleeps \u00e9\u20ac/);
    await (await Program.load(wasm('echo.plain'), { stdout, stdin: 'typed' })).run();
    expect(out).toContain('typed');
  });

  test('calls JavaScript', async () => {
    const { load } = await realm('index.js', globals);
    const app = await load(wasm('imports.plain'), { imports: { ...imports, fetchText: async () => 'text' } });
    expect(await app.download('a')).toBe('text');
  });

  test('that does not load says why', async () => {
    const { Program, load } = await realm('index.js', globals);
    const { rouse_main: _, ...others } = program;
    await expect(Program.load(tinyModule({ exports: others }))).rejects.toMatchObject({ code: 'MISSING_EXPORT' });
    await expect(load(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'NOT_WASM' });
  });
});

test("'rouse/inline' runs futures at once", async () => {
  const { mutex, sleep } = await realm('inline.js');
  expect(mutex().tryLock()).toBeDefined();
  await sleep(1);
});
