// `rouse new`: from an empty folder to a running program, on a machine that has Node and no compiler.
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { run, which } from '../../tools/process.mjs';
import { findTool } from '../../tools/setup.mjs';

function mustBe({ code, output }, expected) {
  if (code !== 0 || !output.includes(expected)) throw new Error(`expected ${expected}\ngot (${code}):\n${output}`);
}

/** A PATH with Node, npm and a shell, and nothing that compiles. */
function cleanPath(workshop) {
  const folder = join(workshop.folder, 'bin');
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  for (const name of ['node', 'npm', 'npx', 'sh']) symlinkSync(which(name), join(folder, name));
  return folder;
}

async function create(workshop) {
  const folder = workshop.copy('new');
  const env = { PATH: cleanPath(workshop), WASI_SDK_PATH: '' };
  await workshop.install(folder);
  mustBe(await run('npx', ['rouse', 'new', 'demo'], { cwd: folder, env }), 'cd demo && npm start');
  const demo = join(folder, 'demo');
  mustBe(await run('npm', ['start'], { cwd: demo, env }), 'hello, Ann');
  return demo;
}

export function createChecks(workshop, visitors) {
  let creating;
  const demo = () => (creating ??= create(workshop));
  const script = async (name) => run('npm', ['run', name], { cwd: await demo() });
  const checks = [
    { name: 'new: npm start without a compiler', run: demo },
    {
      name: 'new: natively without a compiler says what is missing',
      async run() {
        const { code, output } = await run('npm', ['run', 'native'], {
          cwd: await demo(),
          env: { PATH: cleanPath(workshop) },
        });
        if (code === 0 || !output.includes('no C compiler on PATH')) throw new Error(output);
      },
    },
    {
      name: 'new: without a compiler and without a network says what is missing',
      async run() {
        const folder = workshop.copy('offline');
        await workshop.install(folder);
        const env = {
          PATH: cleanPath(workshop),
          WASI_SDK_PATH: '',
          npm_config_offline: 'true',
          npm_config_cache: join(folder, 'empty'),
        };
        mustBe(await run('npx', ['rouse', 'new', 'demo'], { cwd: folder, env }), 'cd demo && npm start');
        const { code, output } = await run('npm', ['start'], { cwd: join(folder, 'demo'), env });
        const cure = 'no compiler for WebAssembly: npm install --save-dev @yowasp/clang';
        if (code === 0 || !output.includes(cure)) throw new Error(output);
      },
    },
    {
      name: 'new: as a program in Node',
      run: async () => mustBe(await run('npx', ['rouse', 'run', 'app.wasm'], { cwd: await demo() }), 'hello, Ann'),
    },
    { name: 'new: natively', tool: 'gcc', run: async () => mustBe(await script('native'), 'hello, Ann') },
    { name: 'new: under WASI in Node', run: async () => mustBe(await script('wasi'), 'hello, Ann') },
    {
      name: 'new: under wasmtime',
      tool: 'wasmtime',
      async run() {
        mustBe(await run(await findTool('wasmtime'), ['app.wasi.wasm'], { cwd: await demo() }), 'hello, Ann');
      },
    },
    {
      name: 'new: types',
      async run() {
        mustBe(await script('types'), '');
        const text = readFileSync(join(await demo(), 'app.d.ts'), 'utf8');
        if (!text.includes('greet(name: string): Future<string>')) throw new Error(text);
      },
    },
    {
      name: 'new: with CMake',
      tool: 'cmake',
      async run() {
        const cwd = await demo();
        mustBe(await run('cmake', ['-B', 'build'], { cwd }), '');
        mustBe(await run('cmake', ['--build', 'build', '-j2'], { cwd }), 'bytes');
        mustBe(await run('build/app', [], { cwd }), 'hello, Ann');
      },
    },
  ];
  const pages = visitors.map((visitor) => ({
    name: `new: page in ${visitor.browser}`,
    async run() {
      const folder = await demo();
      const { page } = await visitor.open();
      await page.goto(visitor.url(folder, 'index.html'));
      await page.waitFor("document.getElementById('greeting').textContent === 'hello, Ann'");
    },
  }));
  return [...checks, ...pages];
}
