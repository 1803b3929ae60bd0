// The command `rouse`, as a process: what it prints where, and how it exits.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tinyModule } from './wasm.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const good = at('traces/good.json');
const module = (name) => at(`../../build/js-programs/${name}.wasm`);
let folder;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'rouse-cli-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Gives { code, out, err }; `during` sees the process while it runs. */
function rouse(args, { input = '', during } = {}) {
  const child = spawn(process.execPath, [at('../../dist/cli/main.js'), ...args]);
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => ((said.out += data), during?.(child, said)));
  child.stderr.on('data', (data) => (said.err += data));
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

describe('a call that makes no sense exits with 2 and says what to do', () => {
  const calls = [
    [[], 'usage: rouse'],
    [['rum', 'x'], 'did you mean rouse run?'],
    [['trace', 'chekc', 'x'], 'did you mean rouse trace check?'],
    [['frobnicate'], 'see rouse --help'],
    [['trace'], 'usage: rouse trace check'],
    [['trace', 'frobnicate'], 'no command "trace frobnicate": see rouse trace --help'],
    [['types', 'a', 'b'], 'usage: rouse types MODULE'],
    [['types', '--josn', 'x'], 'Did you mean --json?'],
    [['build', '--host', 'moon', 'x.c'], '--host is js, wasi, native, not moon'],
    [['new', 'Demo'], 'lower case letters'],
    [['new', 'rouse'], 'cannot be called rouse'],
    [['trace', 'check'], 'usage: rouse trace check FILE...'],
    [['trace', 'stats', '--yaml', 'x'], 'See rouse trace stats --help'],
    [['trace', 'convert', '--base', 'moon', good], '--base is logical or clock, not moon'],
    [['run', '--timeout', 'soon', 'x.wasm'], 'takes seconds'],
  ];
  test.each(calls)('%j', async (args, message) => {
    const { code, out, err } = await rouse(args);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

test('help and version', async () => {
  const { version } = JSON.parse(readFileSync(at('../../package.json'), 'utf8'));
  expect(await rouse(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  for (const args of [['--help'], ['-h'], ['help', 'run'], ['trace', '--help'], ['trace', 'check', '-h']]) {
    const { code, out, err } = await rouse(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^ {2}(npx )?rouse .*\n[^]*usage: rouse/); // examples first
  }
});

test('what the system refuses is a failure that says so', async () => {
  const { code, err } = await rouse(['new', join(good, 'demo')]);
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringMatching(/^rouse: ENOTDIR: not a directory, mkdir .*\n$/),
  });
  mkdirSync(join(folder, 'full'));
  writeFileSync(join(folder, 'full/a.txt'), '');
  expect((await rouse(['new', join(folder, 'full')])).err).toContain('full is not empty: take another name');
});

test('a reader of the output who leaves is no failure', () => {
  const command = `'${process.execPath}' '${at('../../dist/cli/main.js')}' completion man | true; exit \${PIPESTATUS[0]}`;
  expect(spawnSync('bash', ['-c', command]).status).toBe(0);
});

test('a module from stdin', async () => {
  const input = readFileSync(module('mixed.plain'));
  expect((await rouse(['types', '-'], { input })).out).toContain('greet(name: string): Future<string>');
});

describe('trace', () => {
  test('check', async () => {
    expect(await rouse(['trace', 'check', good])).toEqual({ code: 0, out: `${good}: good\n`, err: '' });
    const bad = JSON.parse(readFileSync(good, 'utf8'));
    bad.traceEvents[0].name = 'vanish';
    const path = join(folder, 'bad.json');
    writeFileSync(path, JSON.stringify(bad));
    const { code, out } = await rouse(['trace', 'check', good, path]);
    expect(code).toBe(1);
    expect(out).toContain(`${path}: event 0: kinds: unknown kind fut.vanish`);
    const told = JSON.parse((await rouse(['trace', 'check', '--json', path])).out);
    expect(told[0].problems[0]).toEqual({ rule: 'kinds', message: 'unknown kind fut.vanish', index: 0 });
  });

  test('what cannot be read is a failure that names it', async () => {
    const none = await rouse(['trace', 'check', join(folder, 'none.json')]);
    expect(none.code).toBe(1);
    expect(none.err).toContain('ENOENT');
    const html = await rouse(['trace', 'stats', '-'], { input: '<!DOCTYPE html>' });
    expect(html).toEqual({ code: 1, out: '', err: 'rouse: -: not JSON\n' });
  });

  test('stats, from stdin as well', async () => {
    const { code, out } = await rouse(['trace', 'stats', '-'], { input: readFileSync(good) });
    expect(code).toBe(0);
    expect(out).toContain('41 events');
    expect(out).toContain('task 3 child: 3 polls, 3 wakes, failed (-3)');
    expect(out).toContain('never polled: rouse_sleep');
    const { tasks } = JSON.parse((await rouse(['trace', 'stats', '--json', good])).out);
    expect(tasks).toHaveLength(2);
  });

  test('lost events are told', async () => {
    const cut = JSON.parse(readFileSync(good, 'utf8'));
    cut.otherData.lost = 21;
    cut.traceEvents = cut.traceEvents.filter(({ ph, args }) => ph !== 'f' && !(args?.seq < 21));
    const { code, err } = await rouse(['trace', 'stats', '-'], { input: JSON.stringify(cut) });
    expect(code).toBe(0);
    expect(err).toContain('the first 21 events are lost');
  });

  test('convert, there and back', async () => {
    const clock = join(folder, 'clock.json');
    expect((await rouse(['trace', 'convert', '--base', 'clock', good, clock])).code).toBe(0);
    const { out } = await rouse(['trace', 'convert', clock]);
    expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(good, 'utf8')));
  });

  test('open serves the file once, to Perfetto alone', async () => {
    let served;
    const { code, out } = await rouse(['trace', 'open', good], {
      during: (_, { out: text }) => (served ??= fetch(text.split('url=')[1].trim())),
    });
    const response = await served;
    expect(code).toBe(0);
    expect(out).toMatch(/^https:\/\/ui\.perfetto\.dev\/#!\/\?url=http:\/\/127\.0\.0\.1:9001\//);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://ui.perfetto.dev');
  });
});

describe('run', () => {
  test('a program, with its arguments, output and exit code', async () => {
    const { code, out } = await rouse(['run', module('nap.plain'), 'Ann', '1']);
    expect({ code, out }).toMatchObject({ code: 7, out: expect.stringContaining('Ann') });
  });

  test("options of the program are the program's", async () => {
    const { out } = await rouse(['run', module('nap.plain'), '--help', '1']);
    expect(out).toContain('--help');
  });

  test('out of time', async () => {
    expect((await rouse(['run', '--timeout', '0.05', module('nap.plain'), 'Ann', '60000'])).code).toBe(124);
  });

  test('interrupted: cancelled, and its FINALLY has run', async () => {
    const { code, out } = await rouse(['run', module('nap.plain'), 'Ann', '60000'], {
      during: (child, said) => said.out.includes('finally') || child.kill('SIGINT'),
    });
    expect(code).toBe(130);
    expect(out).toContain('finally');
  });

  test('a trap', async () => {
    const { code, err } = await rouse(['run', module('trap.plain')]);
    expect(code).toBe(134);
    expect(err).toContain('trapped');
  });

  test('what is no module, and what is not there', async () => {
    const path = join(folder, 'no.wasm');
    writeFileSync(path, '<!DOCTYPE html>');
    const { code, err } = await rouse(['run', path]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('HTML') });
    expect((await rouse(['run', join(folder, 'none.wasm')])).err).toContain('ENOENT');
  });

  test('a program that C functions of JavaScript belong to', async () => {
    const file = join(folder, 'host.mjs');
    writeFileSync(file, 'export const lookUp = async (key) => `the ${key}`;\n');
    const ran = await rouse(['run', '--imports', file, module('mixed.plain')]);
    expect(ran).toEqual({ code: 0, out: 'the greeting, Ann\n', err: '' });
    const { code, err } = await rouse(['run', module('mixed.plain')]);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/the module calls lookUp: give it .*--imports FILE/),
    });
    expect((await rouse(['run', '--imports', 'none.js', module('mixed.plain')])).err).toContain('none.js: Cannot find');
  });

  test('functions without a program', async () => {
    const { code, err } = await rouse(['run', module('bridge.plain')]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('write ROUSE_MAIN(...)') });
  });

  test('a module for WASI runs on the engine that Node has', async () => {
    const path = join(folder, 'wasi.wasm');
    const imports = ['wasi_snapshot_preview1.sched_yield', 'wasi_snapshot_preview1.poll_oneoff'];
    writeFileSync(path, tinyModule({ imports, exports: { _start: 0 } }));
    expect(await rouse(['run', path])).toEqual({ code: 0, out: '', err: '' });
    writeFileSync(path, tinyModule({ imports, exports: { _start: 'trap' } }));
    expect(await rouse(['run', path])).toEqual({ code: 134, out: '', err: 'unreachable\n' });
    expect((await rouse(['run', '--timeout', '1', path])).code).toBe(2);
  });
});

describe('types', () => {
  test('a function, a stream, what may be either, and what C calls', async () => {
    const { code, out } = await rouse(['types', module('mixed.plain')]);
    expect(code).toBe(0);
    expect(out).toBe(`// Made by: rouse types mixed.plain.wasm
import type { Future } from 'rouse';

/** C's functions: load<Exports>(...). */
export type Exports = {
  greet(name: string): Future<string>;
  count(to: number): Future<number> & AsyncIterable<number>;
  leaf(): Future<void> & AsyncIterable<void>;
};

/** What C calls: load(..., { imports }). */
export type Imports = {
  lookUp(key: string, options: { signal: AbortSignal }): string | PromiseLike<string>;
};
`);
    const { exported } = JSON.parse((await rouse(['types', '--json', module('mixed.plain')])).out);
    expect(exported.map(({ gives }) => gives)).toEqual(['result', 'items', 'either']);
  });

  test('a module that describes nothing', async () => {
    const { code, out, err } = await rouse(['types', module('nap.plain')]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('no ROUSE_EXPORT and no ROUSE_IMPORT');
  });
});
