// The programs that building and testing needs: found, or installed where that is possible, or named.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installPackages, packagesAreThere } from './npm.mjs';
import { root, run, which } from './process.mjs';

/** What is slow to make is kept here, outside the clone. */
export const cache = process.env.ROUSE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'rouse');

const WASMTIME = '48.0.8';
const wasmtimeRoot = join(cache, `wasmtime-${WASMTIME}`);
const wasmtimeFeatures = 'run,cranelift,parallel-compilation,component-model,component-model-async,wat,cache';

const clangs = ['clang', ...[22, 21, 20, 19, 18, 17, 16].map((version) => `clang-${version}`)];
const formats = ['clang-format-19', 'clang-format'];
const chromiums = ['chromium', 'chromium-browser', 'google-chrome'];

async function installWasmtime() {
  if (!which('cargo')) return;
  console.log(`building wasmtime ${WASMTIME} with cargo: minutes, once`);
  const args = ['install', 'wasmtime-cli', '--version', WASMTIME, '--locked'];
  args.push('--no-default-features', '--features', wasmtimeFeatures, '--root', wasmtimeRoot);
  const { code, output } = await run('cargo', args);
  if (code !== 0) console.log(output.split('\n').slice(-15).join('\n'));
}

async function findNewest() {
  const { code, output } = await run(`${root}/tools/newest`, ['emcc', '--version']);
  if (code !== 0) console.log(output.trim());
  return code === 0 ? `${root}/tools/newest` : undefined;
}

async function installNpm() {
  await installPackages().catch((error) => console.log(error.message));
}

// What each is for is told to whoever lacks it. `packages` are Debian's names; `find` gives a path.
export const tools = {
  cmake: { names: ['cmake'], packages: ['cmake'], use: 'building' },
  make: { names: ['ninja', 'make'], packages: ['make'], use: 'building' },
  gcc: { names: ['gcc'], packages: ['gcc', 'libc6-dev'], use: 'the native builds' },
  'g++': { names: ['g++'], packages: ['g++'], use: 'headers compiled as C++' },
  clang: {
    names: clangs,
    packages: ['clang-19', 'libclang-rt-19-dev'],
    use: 'the clang build and its diagnostics',
  },
  'clang-format': { names: formats, packages: ['clang-format-19'], use: 'the format check' },
  'pkg-config': { names: ['pkg-config'], packages: ['pkg-config'], use: 'the pkg-config consumer' },
  npm: {
    find: () => (packagesAreThere() ? root : undefined),
    install: installNpm,
    use: 'the JavaScript host and its tests',
  },
  wasi: {
    find: () =>
      process.env.WASI_SDK_PATH ??
      (existsSync('/usr/lib/wasm32-wasi/libc.a') ? which('wasm-ld', 'wasm-ld-19') : undefined),
    packages: ['clang-19', 'llvm-19', 'lld-19', 'libclang-rt-19-dev-wasm32', 'wasi-libc'],
    use: 'the WASI builds (or set WASI_SDK_PATH)',
  },
  wasmtime: {
    find: () => which('wasmtime') ?? [`${wasmtimeRoot}/bin/wasmtime`].find(existsSync),
    install: installWasmtime,
    use: 'running WASI modules (cargo install wasmtime-cli)',
  },
  emscripten: { names: ['emcc'], packages: ['emscripten'], use: 'the Emscripten builds' },
  newest: { find: findNewest, use: 'the newest Emscripten (root on Debian: tools/newest)' },
  chromium: { names: chromiums, packages: ['chromium'], use: 'the tests in Chromium' },
  firefox: {
    names: ['firefox-esr', 'firefox'],
    packages: ['firefox-esr'],
    use: 'the tests in Firefox',
  },
  webkit: {
    find: () => (which('Xvfb') ? which('WebKitWebDriver') : undefined),
    packages: ['webkit2gtk-driver', 'xvfb'],
    use: 'the tests in WebKit',
  },
};

/** Where a tool of the table is; undefined if it is not there. */
export const findTool = (name) => (tools[name].find ? tools[name].find() : which(...tools[name].names));
export const canInstall = () => process.getuid?.() === 0 && which('apt-get') !== undefined;

export async function installDebian(packages) {
  console.log(`installing ${packages.join(' ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { code, output } = await run('apt-get', args, { env });
  if (code !== 0) console.log(output);
}

async function lacking(wanted) {
  const list = [];
  for (const name of wanted) if (!(await findTool(name))) list.push(name);
  return list;
}

/** Finds or installs the tools `wanted` by name. Gives { found: name -> path, missing: [name] }. */
export async function setUp(wanted) {
  const absent = await lacking(wanted);
  const packages = absent.flatMap((name) => tools[name].packages ?? []);
  if (packages.length > 0 && canInstall()) await installDebian([...new Set(packages)]);
  for (const name of absent) await tools[name].install?.();
  const missing = await lacking(absent);
  for (const name of missing) {
    const { use, packages: names } = tools[name];
    console.log(`missing: ${name}, for ${use}${names ? ` (Debian: ${names.join(' ')})` : ''}`);
  }
  const found = {};
  for (const name of wanted) if (!missing.includes(name)) found[name] = await findTool(name);
  return { found, missing };
}
