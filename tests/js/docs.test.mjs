// docs/javascript.md: its C blocks are one program, and each of its JavaScript blocks runs against it.
// README.md: its JavaScript block is a module.
import { beforeAll, expect, test } from '@jest/globals';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as rouse from '../../dist/index.js';
import { cc } from './compile.mjs';
import { run } from '../../tools/process.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = 'build/js-programs';
const text = readFileSync(`${root}docs/javascript.md`, 'utf8');
const blocks = (language) => [...text.matchAll(new RegExp(`^\`\`\`${language} bridge\n([^]*?)^\`\`\``, 'gm'))];

let wasm;
beforeAll(async () => {
  writeFileSync(
    `${root}${folder}/docs.c`,
    blocks('c')
      .map(([, code]) => code)
      .join('\n'),
  );
  const objects = readdirSync(`${root}${folder}/plain`).map((name) => `${folder}/plain/${name}`);
  const flags = ['-DROUSE_JS', '-Wall', '-Wextra', '-Werror'];
  const link = ['-mexec-model=reactor', '-Wl,--stack-first', '-Wl,-z,stack-size=262144'];
  await cc([...flags, `${folder}/docs.c`, ...objects, ...link, '-o', `${folder}/docs.wasm`]);
  wasm = new WebAssembly.Module(readFileSync(`${root}${folder}/docs.wasm`));
  await rouse.ready();
});

const codes = blocks('js').map(([, code]) => code);
test.each(codes.map((code, i) => [`${i + 1}: ${code.split('\n')[0]}`, code]))('%s', async (_, code) => {
  const given = {
    ...rouse,
    wasm,
    imports: { fetchText: async () => '' },
    stdout: () => {},
    expect: (seen, wanted) => expect(seen).toEqual(wanted),
  };
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  await new AsyncFunction(...Object.keys(given), code)(...Object.values(given));
});

test('every block is run', () => {
  expect(codes.length).toBeGreaterThan(5);
  expect([...text.matchAll(/^```(?:js|c)$/gm)]).toEqual([]);
});

test("README's module runs", async () => {
  const [, code] = readFileSync(`${root}README.md`, 'utf8').match(/^```js\n([^]*?)^```/m);
  writeFileSync(`${root}${folder}/readme.mjs`, code.replace("'rouse'", "'../../dist/index.js'"));
  const { code: exit, output } = await run('node', [`${folder}/readme.mjs`]);
  expect(`${output}exit ${exit}`).toBe('nothing has run yet\ncancelled: this runs at once\nTIMEOUT\nexit 0');
});
