// The consumers: who installs the packed archive, and how what it makes is seen to run.
// Each has a folder here with its files and a recipe.sh; docs/install.md shows both.

const expected = ['hello, JavaScript', 'hello, C'];

/** Programs print a line each. */
const printed = `${expected.join('\n')}\n`;
/** workerd/test.js asks five times at once, twice. */
const workers = ['ABCDE', 'FGHIJ'].map((names) => `${[...names].map((name) => `hello, ${name}`)}\n`).join('');
/** Pages put them into the title. */
const title = expected.join(', ');

const program = (name, folder, path = []) => ({ name, folder, path, printed });
const page = (folder) => ({ name: folder, folder, path: [], title, site: folder === 'vite' ? 'dist/' : '' });

export const consumers = [
  program('Node 20, import', 'node-import', ['node20/bin']),
  program('Node 24, import', 'node-import', ['node24/bin']),
  program('Node 20, require', 'node-require', ['node20/bin']),
  program('Node 24, require', 'node-require', ['node24/bin']),
  program('Deno', 'deno'),
  program('Bun', 'bun'),
  { ...program('workerd', 'workerd'), printed: workers, ignored: /^(workerd\/.*: debug:|npm warn) .*\n/gm },
  {
    ...page('emscripten'),
    printed: 'hello, C\n',
    title: 'hello, C',
    tool: 'newest',
    again: ['--import', './early.mjs', 'main.js'],
  },
  ...['vite', 'webpack', 'esbuild', 'rollup', 'page', 'worker', 'csp'].map(page),
];
