// The programs that building and testing needs: found, or installed where that is possible, or named.
import { run, which } from './process.mjs';

const clangs = ['clang', ...[22, 21, 20, 19, 18, 17, 16].map((version) => `clang-${version}`)];
const formats = ['clang-format-19', 'clang-format'];

// What each is for is told to whoever lacks it. `packages` are Debian's names.
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
};

const canInstall = () => process.getuid?.() === 0 && which('apt-get') !== undefined;

async function install(packages) {
  console.log(`installing ${packages.join(' ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { code, output } = await run('apt-get', args, { env });
  if (code !== 0) console.log(output);
}

/** Finds or installs the tools `wanted` by name. Gives { found: name -> path, missing: [name] }. */
export async function setUp(wanted) {
  const lacking = () => wanted.filter((name) => which(...tools[name].names) === undefined);
  const packages = lacking().flatMap((name) => tools[name].packages);
  if (packages.length > 0 && canInstall()) await install(packages);
  const missing = lacking();
  for (const name of missing) {
    const { use, packages: names } = tools[name];
    console.log(`missing: ${name}, for ${use} (Debian: ${names.join(' ')})`);
  }
  const found = {};
  for (const name of wanted) found[name] = which(...tools[name].names);
  return { found, missing };
}
