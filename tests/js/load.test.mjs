// What is wrong with a module is said when it is loaded: which, and what to do.
import { Memory } from '../../dist/base/memory.js';
import { describe as describeFunction } from '../../dist/bridge/describe.js';
import { describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Program, RouseError } from '../../dist/index.js';
import { program, tinyModule } from './wasm.mjs';

const good = tinyModule({ exports: program });
const text = (value) => new TextEncoder().encode(value);

async function failure(source, options) {
  const error = await Program.load(source, options).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(RouseError);
  return `${error.code}: ${error.message}`;
}

describe('sources', () => {
  const html = '\ufeff\n <!DOCTYPE html><p>not found';
  const respond = (body, type, status = 200) => new Response(body, { status, headers: { 'content-type': type } });

  test('bytes, views, buffers, modules and promises of them', async () => {
    const wide = new Uint8Array(good.length + 8);
    wide.set(good, 4);
    const shared = new Uint8Array(new SharedArrayBuffer(good.length));
    shared.set(good);
    const view = new DataView(wide.buffer, 4, good.length);
    const sources = [good, Buffer.from(good), good.slice().buffer, view, shared, shared.buffer];
    for (const source of [...sources, new WebAssembly.Module(good), Promise.resolve(good)])
      expect(await Program.load(source)).toBeInstanceOf(Program);
  });

  test('a response of any MIME type; an HTML page is called one', async () => {
    expect(await Program.load(respond(good, 'text/html'))).toBeInstanceOf(Program);
    expect(await failure(respond(html, 'application/wasm'))).toMatch(/^NOT_WASM: .*HTML page/);
    expect(await failure(respond('gone', 'text/plain', 404))).toMatch(/^NOT_WASM: .*404/);
    const used = respond(good, 'application/wasm');
    await used.arrayBuffer();
    expect(await failure(used)).toMatch(/^NOT_WASM: the response cannot be read: .*/);
  });

  test('an address or a request', async () => {
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'text/plain');
      response.end(request.url === '/a.wasm' ? good : html);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${server.address().port}`;
    expect(await Program.load(`${base}/a.wasm`)).toBeInstanceOf(Program);
    expect(await Program.load(new Request(`${base}/a.wasm`))).toBeInstanceOf(Program);
    expect(await failure(new URL(`${base}/b.wasm`))).toContain(`${base}/b.wasm is an HTML page`);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await failure(`${base}/a.wasm`)).toMatch(/^NOT_WASM: http.*cannot be read/);
  });

  test('a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rouse-'));
    const url = pathToFileURL(join(folder, 'a.wasm'));
    expect(await failure(url)).toMatch(/^NOT_WASM: file:.*ENOENT/);
    writeFileSync(url, good);
    expect(await Program.load(url)).toBeInstanceOf(Program);
    rmSync(folder, { recursive: true });
  });

  test('what is none', async () => {
    expect(await failure('app.wasm')).toMatch(/^INVALID: "app.wasm" .*import.meta.url/);
    for (const source of [undefined, null, 7, {}]) expect(await failure(source)).toMatch(/^INVALID/);
  });
});

describe('bytes', () => {
  test.each([
    ['nothing', text(''), /^NOT_WASM: the source is empty/],
    ['HTML', text('  <html>'), /^NOT_WASM: .*HTML page/],
    ['text', text('#!/bin/sh'), /^NOT_WASM: .*begins with "#!\/bin\/sh"/],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), /^NOT_WASM: .*Content-Encoding/],
    ['half a module', good.slice(0, 40), /^NOT_WASM: .*damaged/],
    ['a component', Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0), /^WRONG_HOST: .*component/],
  ])('%s', async (_, bytes, message) => expect(await failure(bytes)).toMatch(message));
});

describe('linking', () => {
  const wasi = 'wasi_snapshot_preview1';
  const without = (name) => {
    const { [name]: _, ...rest } = program;
    return tinyModule({ exports: rest });
  };

  test('a module for WASI is told from its imports', async () => {
    for (const exports of [{ _start: 0 }, { _initialize: 0 }]) {
      const module = tinyModule({ imports: [`${wasi}.poll_oneoff`], exports });
      expect(await failure(module)).toMatch(/^WRONG_HOST: .*WASI.*wasmtime.*js_host\.c/);
    }
  });

  test('a command may import libc or the host, or nothing', async () => {
    for (const imports of [[], [`${wasi}.fd_write`], ['env.rouse_host_now', `${wasi}.poll_oneoff`]]) {
      const module = tinyModule({ imports, exports: { _start: 0 } });
      expect(await (await Program.load(module)).run()).toBe(0);
    }
  });

  test.each(['rouse_abi', 'rouse_tick', 'rouse_cancel'])('no %s', async (name) =>
    expect(await failure(without(name))).toMatch(new RegExp(`^MISSING_EXPORT: .*${name}: link wasm/js/js_host.c`)),
  );

  test('no rouse_main, no memory', async () => {
    expect(await failure(without('rouse_main'))).toMatch(/^MISSING_EXPORT: .*ROUSE_MAIN/);
    const module = tinyModule({ exports: program, memory: false });
    expect(await failure(module)).toMatch(/^MISSING_EXPORT: .*memory/);
  });

  test('imports that nobody has, also of other modules, are named', async () => {
    const imports = ['env.one', 'other.two', 'env.toString'];
    const message = await failure(tinyModule({ imports, exports: program }));
    expect(message).toMatch(/^MISSING_IMPORT: .*env\.one, other\.two, env\.toString/);
    const glue = tinyModule({ imports: ['env.emscripten_sleep'], exports: program });
    expect(await failure(glue)).toMatch(/^MISSING_IMPORT: .*-sSTANDALONE_WASM/);
    const bridged = tinyModule({ imports: ['env.rouse_host_settled'], exports: program });
    expect(await failure(bridged)).toMatch(/^MISSING_IMPORT: .*ROUSE_EXPORT or ROUSE_IMPORT: use `load`/);
  });

  test('another ABI', async () => {
    const module = tinyModule({ exports: { ...program, rouse_abi: 2 } });
    expect(await failure(module)).toMatch(/^ABI_MISMATCH: .* 2, this package 1/);
  });

  test('a trap of a constructor', async () => {
    const module = tinyModule({ exports: { ...program, _initialize: 'trap' } });
    expect(await failure(module)).toMatch(/^TRAPPED/);
  });
});

test('a count of fields that no compiler made is refused, not read for minutes', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Uint8Array(memory.buffer).fill(0xff);
  expect(() => describeFunction(new Memory({ get: () => memory }), 16)).toThrow(/claims 4294967295 fields/);
});
