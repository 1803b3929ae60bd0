// tools/clang.mjs: the compiler's own file system must not show.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './compile.mjs';
import { runTool } from '../../tools/clang.mjs';

let cwd;
beforeEach(() => {
  cwd = mkdtempSync(join(folder, 'clang-'));
  mkdirSync(join(cwd, 'src'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (path, text) => writeFileSync(join(cwd, path), text);
const bytes = (path) => readFileSync(join(cwd, path));

test('an include that goes up a folder is found, and so is what that includes', async () => {
  write('top.h', '#include "beside.h"\n');
  write('beside.h', 'int beside(void);\n');
  write('src/a.c', '#include "../top.h"\nint main(void) { return beside(); }\n');
  const { code, output } = await runTool('clang', ['-Werror', '-c', 'src/a.c', '-o', 'a.o'], { cwd });
  expect([code, output]).toEqual([0, '']);
});

test('compiling again writes over the old output', async () => {
  const compile = (value) => {
    write('src/a.c', `int value = ${value};\n`);
    return runTool('clang', ['-c', 'src/a.c', '-o', join(cwd, 'a.o')], { cwd });
  };
  await compile(1);
  const first = bytes('a.o');
  await compile(2);
  expect(bytes('a.o').equals(first)).toBe(false);
});

test('paths that go up, in arguments, are resolved from the folder of the caller', async () => {
  write('a.c', 'int a;\n');
  const src = { cwd: join(cwd, 'src') };
  expect((await runTool('clang', ['-c', '../a.c', '-o', '../a.o'], src)).code).toBe(0);
  expect((await runTool('ar', ['qc', 'liba.a', '../a.o'], src)).code).toBe(0);
  expect(bytes('src/liba.a').subarray(0, 7).toString()).toBe('!<arch>');
});

test('the list of dependencies and the messages name real paths', async () => {
  write('a.h', '#warning seen\n');
  write('a.c', '#include "a.h"\n');
  const args = ['-MMD', '-MF', 'a.d', '-I', cwd, '-c', join(cwd, 'a.c'), '-o', 'a.o'];
  const { output } = await runTool('clang', args, { cwd });
  expect(output).toContain(`${join(cwd, 'a.h')}:1:2: warning: seen`);
  expect(
    bytes('a.d')
      .toString()
      .split(/[\s\\]+/),
  ).toContain(join(cwd, 'a.h'));
});

test('an error is an exit code and what clang said', async () => {
  write('a.c', 'int f(void) { return missing; }\n');
  const { code, output } = await runTool('clang', ['-c', 'a.c'], { cwd });
  expect(code).toBe(1);
  expect(output).toContain('a.c:1:22: error: use of undeclared identifier');
});
