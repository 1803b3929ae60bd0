// Real C programs (tests/js/programs, compiled by compile.mjs) on the real platform.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Program, RouseError } from '../../dist/index.js';
import { defaultPlatform } from '../../dist/base/schedule.js';
import { bytesOf } from './support/apps.mjs';
import { counting } from './support/platform.mjs';
import { program as exportsOf, tinyModule } from './wasm.mjs';

let out, err;
const stdout = (text) => (out += text);
const stderr = (text) => (err += text);
beforeEach(() => (out = err = ''));

async function load(name, options) {
  const url = new URL(`../../build/js-programs/${name}.wasm`, import.meta.url);
  return Program.load(await bytesOf(url), { stdout, stderr, ...options });
}
const nap = (ms, options) => load('nap.plain', { args: ['Ann', String(ms)], ...options });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a program', () => {
  test('runs to its end, not early, with its arguments and its exit code', async () => {
    const program = await nap(20);
    const start = performance.now();
    expect(out).toBe('');
    expect(await program.run()).toBe(7);
    expect(performance.now() - start).toBeGreaterThanOrEqual(20);
    expect(out).toBe('Ann sleeps \u00e9\u20ac\nawake\nfinally\n');
    expect(err).toBe('');
  });

  test('runs once', async () => {
    const program = await nap(1);
    await program.run();
    await expect(program.run()).rejects.toMatchObject({ code: 'INVALID' });
    program.cancel(); // after the end: nothing
    expect(out.match(/finally/g)).toHaveLength(1);
  });

  test('cancelled: FINALLY runs, no timer is left, 130', async () => {
    const { platform, count } = counting();
    const program = await nap(3600_000, { platform });
    const code = program.run();
    await sleep(5);
    program.cancel();
    expect(await code).toBe(130);
    expect(out).toMatch(/sleeps.*\nfinally\n$/);
    expect(count.alive).toBe(0);
  });

  test('with nothing left to wait for reports the deadlock', async () => {
    const program = await load('deadlock.plain');
    expect(await program.run()).toBe(1);
    expect(err).toMatch(/^rouse: deadlock: nothing is left to wait for, 1 task is parked/);
  });

  test('that waits for itself reports who holds what since which line', async () => {
    const program = await load('twice.traced');
    expect(await program.run()).toBe(1);
    expect(err).toMatch(/ {2}deadlock: task twice \(#1\) waits for a mutex at 0x\w+, held by task twice \(#1\)/);
    expect(err).toMatch(/ since twice \(.*twice\.c:13\), in twice \(.*twice\.c:14\)/);
  });

  test('says where it is while it runs, and nothing before and after', async () => {
    const program = await nap(3600_000);
    expect(program.dump()).toBe('');
    const code = program.run();
    expect(program.dump()).toMatch(/^ {2}task nap, ready: \d+ bytes\n/);
    await sleep(5);
    expect(program.dump()).toMatch(/task \w+, waiting: \d+ bytes\n {4}in rouse_sleep .*waits for time/s);
    expect(err).toBe('');
    program.cancel();
    expect(await code).toBe(130);
    expect(program.dump()).toBe('');
  });

  test('says where it was when it trapped (pitfall 44)', async () => {
    const program = await load('trap.traced');
    await program.run().catch(() => {});
    expect(program.dump()).toMatch(/task \w+, running: /);
    expect(program.dump()).toMatch(/tests\/js\/programs\/trap\.c/);
  });

  test('that traps rejects, and later calls fail fast', async () => {
    const { platform, count } = counting();
    const program = await load('trap.plain', { platform });
    const error = await program.run().catch((reason) => reason);
    expect(error).toBeInstanceOf(RouseError);
    expect(error).toMatchObject({ code: 'TRAPPED', cause: { name: 'RuntimeError' } });
    expect(out).toBe('before\n');
    expect(() => program.cancel()).toThrow(error);
    await expect(program.run()).rejects.toBe(error);
    expect(count.alive).toBe(0);
  });

  test('that calls exit leaves in the middle of a turn, its output flushed', async () => {
    const program = await load('exits.plain');
    expect(await program.run()).toBe(5);
    expect(out).toBe('no newline');
  });

  test('that blocks is refused with the reason (pitfall 55)', async () => {
    const program = await load('block_on.plain');
    expect(await program.run()).toBe(2);
    expect(out).toBe('ROUSE_ERR_NOT_SUPPORTED\n');
    expect(err).toMatch(/rouse_block_on cannot wait here.*Spawn the future/);
  });

  test('has its trace read, also when it has trapped', async () => {
    const program = await load('trap.traced');
    await program.run().catch(() => {});
    const { events, lost } = program.trace();
    expect(lost).toBe(0);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
    const kinds = events.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['timer.arm', 'timer.fire']));
    expect(events.some(({ kind, text }) => kind === 'fut.create' && text === 'rouse_sleep')).toBe(true);
    expect((await load('trap.plain')).trace()).toBeUndefined();
  });

  test('arguments that fill pages are behind all the module has', async () => {
    const name = 'x'.repeat(200_000);
    const program = await load('nap.plain', { args: [name, '1'] });
    expect(await program.run()).toBe(7);
    expect(out.startsWith(`${name} sleeps`)).toBe(true);
  });
});

describe('the thread', () => {
  test('is not kept by a program that wakes itself (pitfall 16)', async () => {
    let turns = 0;
    // A busy machine may miss them, sometimes; a thread that is kept has none, ever.
    while (turns < 2) {
      const { platform, count } = counting();
      const program = await load('spin.plain', { platform });
      let running = true;
      turns = 0;
      const chain = () => running && (turns++, setTimeout(chain, 0));
      setTimeout(chain, 0);
      expect(await program.run()).toBe(0);
      running = false;
      expect(count.macrotasks).toBeLessThanOrEqual(12); // 50 ms in slices of 5
    }
  });

  test('is left alone while nothing is due, with one timer at most', async () => {
    const { platform, count } = counting();
    const program = await nap(60, { platform });
    const code = program.run();
    await sleep(5);
    const before = { ...count };
    await sleep(30);
    expect(count).toEqual(before);
    expect(before).toMatchObject({ alive: 1, set: 1, macrotasks: 0 });
    await code;
    expect(count).toMatchObject({ alive: 0, most: 1, macrotasks: 0 });
  });

  test.each([
    ['without timers', { setTimeout: undefined }],
    ['without macrotasks', { macrotask: undefined }],
    ['without either (pitfall 56)', { setTimeout: undefined, macrotask: undefined }],
  ])('%s a sleep ends as well', async (_, missing) => {
    const program = await nap(10, { platform: { ...defaultPlatform(), ...missing } });
    expect(await program.run()).toBe(7);
  });
});

describe('a sink', () => {
  test('may cancel: that happens when the turn has ended', async () => {
    const program = await nap(3600_000, { stdout: (text) => (stdout(text), program.cancel()) });
    expect(await program.run()).toBe(130);
    expect(out).toMatch(/sleeps.*\nfinally\n$/);
  });

  test('that throws cancels the program, which is told to whoever runs it', async () => {
    const broken = new Error('full');
    const program = await nap(3600_000, {
      stdout(text) {
        stdout(text);
        throw broken;
      },
    });
    await expect(program.run()).rejects.toBe(broken);
    expect(out).toMatch(/finally/);
  });

  // Some engines drain microtasks while our import is on the stack (pitfall 7).
  test('in which a turn becomes due: it begins when this one has ended', async () => {
    const depth = [];
    const program = await nap(10, {
      stdout(text) {
        depth.push(program.instance.inside);
        stdout(text);
        program.instance.tick();
      },
    });
    expect(await program.run()).toBe(7);
    expect(depth.length).toBeGreaterThan(0);
    expect(depth).not.toContain(false);
    expect(out).toMatch(/sleeps.*\nawake\nfinally\n$/);
  });
});

describe('the console', () => {
  test('gets whole lines, and the rest at the end', async () => {
    const said = [];
    const { log } = console;
    console.log = (line) => said.push(line);
    try {
      await (await load('exits.plain', { stdout: undefined })).run();
      await (await nap(1, { stdout: undefined })).run();
    } finally {
      console.log = log;
    }
    expect(said).toEqual(['no newline', 'Ann sleeps \u00e9\u20ac', 'awake', 'finally']);
  });
});

describe('arguments that need memory', () => {
  const tables = (exports) => tinyModule({ exports: { ...exportsOf, ...exports } });

  test('get it from the module where that has any to give', async () => {
    for (const name of ['rouse_allocate', 'stackAlloc', '_emscripten_stack_alloc']) {
      const program = await Program.load(tables({ [name]: 48, rouse_main: 0 }), { args: ['\u00e9'] });
      await program.run();
      const { buffer } = program.exports.memory;
      expect([buffer.byteLength, ...new Uint32Array(buffer, 48, 3)]).toEqual([65536, 60, 68, 0]);
      expect(new TextDecoder().decode(new Uint8Array(buffer, 60, 11))).toBe('program\0\u00e9\0');
    }
  });

  test('and say so where there is none', async () => {
    const loading = Program.load(tables({ rouse_allocate: 0 }), { args: ['one'] });
    await expect(loading).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringMatching(/ALLOW_MEMORY_GROWTH/),
    });
  });
});

test('a program that cannot start ends with 1', async () => {
  const program = await Program.load(tinyModule({ exports: { ...exportsOf, rouse_main: 0 } }));
  expect(await program.run()).toBe(1);
});

describe('standard input', () => {
  const echo = async (options) => {
    const program = await load('echo.plain', options);
    const code = await program.run();
    return [code, out, err];
  };
  const LONG = 'twenty and some bytes, and more';
  const whole = [0, `program\n${LONG}ROUSE_ERR_CLOSED\n`, 'end\n'];

  test('is empty where none is given', async () => {
    expect(await echo()).toEqual([0, 'program\nROUSE_ERR_CLOSED\n', 'end\n']);
  });

  test.each([
    ['text', () => LONG],
    ['bytes', () => new TextEncoder().encode(LONG)],
    ['a list of pieces, some empty', () => ['twenty and ', '', 'some bytes', ', and more', '']],
    [
      'an async generator',
      async function* () {
        yield 'twenty and some';
        await sleep(5);
        yield new TextEncoder().encode(' bytes, and more');
      },
    ],
    ['a stream of bytes', () => new Blob([LONG]).stream()],
  ])('is %s', async (_name, make) => {
    expect(await echo({ stdin: make() })).toEqual(whole);
  });

  test('a read that is dropped has taken nothing', async () => {
    async function* slow() {
      for (const word of ['one ', 'two ', 'three']) {
        await sleep(18);
        yield word;
      }
    }
    expect(await echo({ stdin: slow(), args: ['impatient'] })).toEqual([
      0,
      'impatient\none two threeROUSE_ERR_CLOSED\n',
      'end\n',
    ]);
  });

  test('is read as fast as the program reads: one piece ahead at most', async () => {
    let asked = 0;
    const stdin = { [Symbol.asyncIterator]: () => ({ next: async () => (asked++, { value: 'x'.repeat(100) }) }) };
    const program = await load('echo.plain', { stdin, stdout: (text) => text.includes('x') && program.cancel() });
    expect(asked).toBe(0);
    expect(await program.run()).toBe(130);
    expect(asked).toBeLessThanOrEqual(2);
  });

  test('is let go when the program ends', async () => {
    const reason = [];
    const stdin = new ReadableStream({ cancel: (why) => void reason.push(why ?? 'cancelled') });
    const program = await load('echo.plain', { stdin });
    const run = program.run();
    await sleep(5);
    program.cancel();
    expect(await run).toBe(130);
    expect(reason).toEqual(['cancelled']);
  });

  test('that fails cancels the program, and its error is what run rejects with', async () => {
    const error = new Error('unplugged');
    async function* broken() {
      yield 'one';
      throw error;
    }
    const program = await load('echo.plain', { stdin: broken() });
    await expect(program.run()).rejects.toBe(error);
    const never = {
      next: () => new Promise(() => {}),
      return: () => {
        throw error;
      },
    };
    const other = await load('echo.plain', { stdin: { [Symbol.asyncIterator]: () => never } });
    const run = other.run();
    await sleep(1);
    other.cancel();
    expect(await run).toBe(130);
  });

  test('is a box for text, as docs/programs.md says', async () => {
    const text = new TextDecoder().decode(await bytesOf(new URL('../../docs/programs.md', import.meta.url)));
    const [use, lines] = [...text.matchAll(/^```js\n([^]*?)^```/gm)].map(([, code]) => code);
    const code = use.replace(/^import .*/, '').replace(/new URL.*\)/, 'wasm');
    const wasm = await bytesOf(new URL('../../build/js-programs/echo.plain.wasm', import.meta.url));
    const screen = { textContent: '' };
    const typed = ['one', 'two'];
    const box = {
      addEventListener(_type, listener) {
        if (typed.length === 0) throw new Error('the page was closed');
        box.value = typed.shift();
        setTimeout(() => listener({ target: box }), 5);
      },
    };
    const AsyncFunction = (async () => {}).constructor;
    const run = new AsyncFunction('Program', 'wasm', 'box', 'screen', `${lines}${code}`);
    await expect(run(Program, wasm, box, screen)).rejects.toThrow('the page was closed');
    expect(screen.textContent).toBe('4\none\ntwo\n');
    expect(box.value).toBe('');
  });

  test('that is read is no deadlock, however long it is silent', async () => {
    const stdin = (async function* () {
      await sleep(60);
      yield 'late';
    })();
    expect(await echo({ stdin })).toEqual([0, 'program\nlateROUSE_ERR_CLOSED\n', 'end\n']);
  });
});

describe('a module for WASI', () => {
  const NOTICE = 'rouse: nothing can wait here: the clock jumps\n';

  test('is refused, with what can be done about it', async () => {
    await expect(load('nap.wasi')).rejects.toMatchObject({
      code: 'WRONG_HOST',
      message: expect.stringMatching(/wasmtime.*jumps: true/),
    });
  });

  test('runs at once where its clock may jump, and says that it does', async () => {
    const program = await load('nap.wasi', { jumps: true, args: ['Ann', '3600000'] }); // no test may last an hour
    expect(await program.run()).toBe(7);
    expect(out).toBe('Ann sleeps \u00e9\u20ac\nawake\nfinally\n');
    expect(err).toBe(NOTICE);
  });

  test('reads a stdin that is whole, beside its timers', async () => {
    for (const how of ['echo', 'impatient']) {
      [out, err] = ['', ''];
      const stdin = 'more than sixteen bytes of it';
      const program = await load('echo.wasi', { jumps: true, stdin, args: [how] });
      expect(await program.run()).toBe(0);
      expect([out, err]).toEqual([`${how}\n${stdin}ROUSE_ERR_CLOSED\n`, 'end\n']);
    }
  });

  test('cannot wait for one that comes in pieces', async () => {
    const program = await load('echo.wasi', { jumps: true, stdin: ['one'] });
    await expect(program.run()).rejects.toThrow(/give stdin as text or bytes/);
  });
});
