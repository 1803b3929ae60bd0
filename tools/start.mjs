// `npm start`: builds the page and serves it; needs Node and nothing else.
//   PORT, HOST              where it listens (default localhost:8080, or the next free port)
//   npm start -- --examples [name]   builds the examples natively and runs them instead
//   npm start -- --build    only builds the site, into dist/web
import { readdirSync } from 'node:fs';
import { root, run } from './process.mjs';

async function runExamples(wanted) {
  const { setUp } = await import('./setup.mjs');
  const { build } = await import('./cmake.mjs');
  const { missing } = await setUp(['cmake', 'make', 'gcc']);
  if (missing.length > 0) return 1;
  console.log('building the examples (build/native-release)');
  await build('native-release');
  const names = readdirSync(`${root}/examples`)
    .filter((file) => file.endsWith('.c') && file.includes(wanted))
    .map((file) => file.slice(0, -2))
    .sort();
  if (names.length === 0) {
    console.log(`no example's name contains "${wanted}"`);
    return 1;
  }
  for (const name of names) {
    console.log(`\n== examples/${name}.c`);
    await run(`${root}/build/native-release/examples/${name}`, [], { echo: true });
  }
  return 0;
}

function wantedPort() {
  const port = Number(process.env.PORT ?? 8080);
  if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
  throw new Error(`PORT is ${JSON.stringify(process.env.PORT)}: a number from 0 to 65535 is wanted`);
}

async function startPage(args) {
  const port = wantedPort();
  const { buildSite } = await import('./web.mjs');
  const { setUp } = await import('./setup.mjs');
  const { serve } = await import('./web-serve.mjs');
  const { missing } = await setUp(['npm']);
  if (missing.length > 0) throw new Error("the page is made with npm's packages");
  const site = await buildSite();
  if (args.includes('--build')) return console.log('the site is in dist/web');
  const { address } = await serve(site, { host: process.env.HOST, port });
  console.log(`\n  rouse is at ${address}\n  Ctrl+C ends it\n`);
}

const args = process.argv.slice(2);
try {
  const at = args.indexOf('--examples');
  if (at >= 0) process.exitCode = await runExamples(args[at + 1] ?? '');
  else await startPage(args);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
