// What the archive is: small, of nothing but what it should hold, and clean for the tools that look at
// packages.
import { cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../../tools/process.mjs';
import { checkInterruption } from './interrupted.mjs';

const MOST_BYTES = 210_000;
const expected = [
  'dist/index.js',
  'dist/index.d.ts',
  'dist/inline.js',
  'dist/rouse.wasm',
  'dist/cli/main.js',
  'dist/man/rouse.1',
  'runtime/include/rouse/rouse.h',
  'runtime/src/core/future.c',
  'runtime/host/linux/platform.c',
  'wasm/js/js_host.c',
  'wasm/emscripten/rouse_host.js',
  'CMakeLists.txt',
  'template/app.c',
  'LICENSE',
  'CHANGELOG.md',
];
const allowed =
  /^(dist\/|runtime\/|wasm\/|cmake\/|template\/|CMakeLists\.txt|LICENSE|README\.md|CHANGELOG\.md|package\.json)/;

const node = (script, ...args) => run(process.execPath, [join(root, 'node_modules', script), ...args]);

async function mustSucceed(running) {
  const { code, output } = await running;
  if (code !== 0) throw new Error(output);
}

/** Sizes in README are what they are, within a twentieth. */
function checkReadme(workshop, folder) {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const sizes = {
    'npm package': statSync(workshop.archive).size,
    'rouse.wasm': statSync(join(folder, 'dist/rouse.wasm')).size,
  };
  for (const [name, size] of Object.entries(sizes)) {
    const said = new RegExp(`${name}[^\\d\\n]* (\\d+(?:\\.\\d+)?) kB`).exec(text)?.[1];
    if (!said) throw new Error(`README.md does not say how large ${name} is`);
    if (Math.abs(said * 1000 - size) > size / 20)
      throw new Error(`README.md: ${name} has ${said} kB, but it is ${size}`);
  }
}

/** README.md is also npm's page, which resolves relative links only where package.json has a repository. */
function checkLinks(folder) {
  const { repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const links = readFileSync(join(folder, 'README.md'), 'utf8').match(/\]\((?!https:|#)[^)]*\)/g) ?? [];
  if (!repository && links.length > 0) throw new Error(`README.md has links that lead nowhere: ${links}`);
}

async function checkContents(workshop, folder) {
  const { output } = await run('tar', ['tzf', workshop.archive]);
  const files = output
    .trim()
    .split('\n')
    .map((name) => name.replace('package/', ''));
  const missing = expected.filter((name) => !files.includes(name));
  const strange = files.filter((name) => !allowed.test(name) || name.startsWith('dist/web'));
  if (missing.length + strange.length > 0) throw new Error(`missing: ${missing}; strange: ${strange}`);
  const { dependencies, scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (dependencies || scripts.postinstall || scripts.install) throw new Error('it has dependencies or runs scripts');
}

/** C sources without comments: an error's line is still that of the repository. */
function checkSources(folder) {
  const linesOf = (base) => readFileSync(join(base, 'runtime/src/core/future.c'), 'utf8').split('\n');
  const packed = linesOf(folder);
  if (packed.length !== linesOf(root).length) throw new Error('future.c has other lines');
  if (packed.some((line) => line.includes('/*'))) throw new Error('future.c has comments');
  if (!readFileSync(join(folder, 'runtime/include/rouse/future.h'), 'utf8').startsWith('/* future.h: '))
    throw new Error('future.h does not say what it is');
}

/** What bash offers after `rouse tr` and `rouse trace `, `rouse build --h`. */
async function checkCompletion(folder) {
  const command = join(folder, 'dist/cli/main.js');
  const offered = (...words) =>
    `COMP_WORDS=(rouse ${words.join(' ')}); COMP_CWORD=${words.length}; _rouse; echo "\${COMPREPLY[*]}";`;
  const script = `eval "$(node ${command} completion bash)"; ${offered('tr')} ${offered('trace', "''")} ${offered('build', '--h')}`;
  const { output } = await run('bash', ['-c', script]);
  if (output !== 'trace\ncheck stats convert open\n--host --help\n') throw new Error(output);
}

/** Every path that package.json promises is there. */
function checkEntries(folder) {
  const { exports, bin, man } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const entries = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? entry : Object.values(entry)));
  for (const path of [...entries, ...Object.values(bin), man].filter((name) => !name.includes('*')))
    if (!existsSync(join(folder, path))) throw new Error(`there is no ${path}`);
}

/** tests/packages/types: what must compile does, what must not does not (`@ts-expect-error`). */
async function checkTypes(workshop) {
  const folder = workshop.copy('types', 'types');
  await mustSucceed(workshop.install(folder));
  cpSync(join(root, 'node_modules/typescript'), join(folder, 'node_modules/typescript'), { recursive: true });
  await mustSucceed(run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: folder }));
}

async function checkComments(folder) {
  const { default: ts } = await import('typescript');
  const entry = join(folder, 'dist/index.d.ts');
  const program = ts.createProgram([entry], { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022 });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry));
  const silent = checker.getExportsOfModule(module).filter((symbol) => {
    const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return original.getDocumentationComment(checker).length === 0;
  });
  if (silent.length > 0) throw new Error(`without a comment: ${silent.map(({ name }) => name).join(', ')}`);
}

export function archiveChecks(workshop) {
  let installed;
  const folder = () => (installed ??= unpack());
  async function unpack() {
    const made = workshop.copy('archive');
    await mustSucceed(workshop.install(made));
    return join(made, 'node_modules/rouse');
  }
  const attw = ['--profile', 'esm-only', '--exclude-entrypoints', 'rouse.wasm', '--no-emoji'];
  return [
    {
      name: 'archive is small',
      run() {
        const { size } = statSync(workshop.archive);
        if (size > MOST_BYTES) throw new Error(`${size} bytes, of ${MOST_BYTES}`);
      },
    },
    { name: 'archive holds what it should', run: async () => checkContents(workshop, await folder()) },
    { name: 'archive has its entries', run: async () => checkEntries(await folder()) },
    { name: 'archive has sources that errors fit', run: async () => checkSources(await folder()) },
    { name: 'archive: npm pack, interrupted, restores the sources', run: () => checkInterruption(workshop) },
    { name: 'archive completes commands in bash', run: async () => checkCompletion(await folder()) },
    { name: 'archive and README agree', run: async () => checkReadme(workshop, await folder()) },
    { name: 'archive has a README whose links lead somewhere', run: async () => checkLinks(await folder()) },
    { name: 'publint', run: () => mustSucceed(node('publint/src/cli.js', 'run', workshop.archive, '--strict')) },
    { name: 'attw', run: () => mustSucceed(node('@arethetypeswrong/cli/dist/index.js', workshop.archive, ...attw)) },
    { name: 'types', run: () => checkTypes(workshop) },
    { name: 'comments of the exports', run: async () => checkComments(await folder()) },
  ];
}
