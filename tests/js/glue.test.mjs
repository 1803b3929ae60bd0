// What runs a program for Emscripten's own JavaScript, with a C side that is written here. tests/packages/emscripten
// is the real one.
import { expect, test } from '@jest/globals';
import { Glue } from '../../dist/emscripten/glue.js';

/** `turns` are what the program does, one a turn. */
function program(turns, calls = {}) {
  const log = [];
  const glue = new Glue({
    main: (args) => (log.push(`main ${args}`), glue.scheduler.wake(), true),
    tick: () => turns.shift()?.(glue),
    cancel: () => glue.done(130),
    stdinReady: () => glue.scheduler.wake(),
    report: (text) => log.push(text),
    ...calls,
  });
  return { glue, log };
}

test('a program runs in turns to its exit code, once', async () => {
  const { glue, log } = program([({ scheduler }) => scheduler.wakeAt(1), ({ done }) => done.call(glue, 5)]);
  expect(await glue.run(['a'])).toBe(5);
  expect(log).toEqual(['main program,a']);
  await expect(glue.run()).rejects.toThrow(/runs once/);
  glue.cancel(); // is nothing any more
});

test('cancel, a trap, and no memory', async () => {
  const cancelled = program([]);
  const code = cancelled.glue.run();
  cancelled.glue.cancel();
  expect(await code).toBe(130);
  const trap = () => {
    throw new Error('unreachable');
  };
  await expect(program([trap]).glue.run()).rejects.toThrow('unreachable');
  expect(await program([], { main: () => false }).glue.run()).toBe(1);
});

test('stdin comes in pieces; one that fails cancels', async () => {
  const texts = [];
  const read = (glue) => {
    const bytes = glue.read(100);
    if (bytes?.length === 0) return glue.done(0);
    if (bytes) (texts.push(new TextDecoder().decode(bytes)), glue.scheduler.wake());
  };
  const { glue } = program(Array(10).fill(read));
  expect(await glue.run([], { stdin: ['one', 'two'] })).toBe(0);
  expect(texts).toEqual(['one', 'two']);
  const failing = (function* () {
    throw new Error('no more');
  })();
  const { glue: other, log } = program([read]);
  expect(await other.run([], { stdin: failing })).toBe(130);
  expect(log.at(-1)).toBe('stdin: Error: no more');
});
