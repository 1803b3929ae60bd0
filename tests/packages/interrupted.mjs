// `npm pack` changes the C sources for the moment that it needs: whatever happens to it then, they are put
// back. A package of one source, whose `prepare`, which npm runs while it packs, kills npm.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../../tools/process.mjs';

const SOURCE = '/* why */\nint a; // what\n';
const STRIPPED = '\nint a;\n';
const README = 'see [a.c](wasm/a.c)\n';
const PATIENCE_MS = 120_000;
const strip = `node --input-type=module -e "import { stripSources } from './tools/pack-sources.mjs'; stripSources()"`;

function makePackage(workshop) {
  const folder = workshop.copy('interrupted');
  for (const name of ['build', 'wasm', 'runtime/include/rouse/private'])
    mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['tools/pack-sources.mjs', 'tools/process.mjs', 'wasm/npm/cli/sources.js'])
    cpSync(join(root, name), join(folder, name));
  writeFileSync(join(folder, 'runtime/sources.txt'), 'core wasm\n');
  const scripts = { prepack: strip, prepare: 'cp wasm/a.c seen.c; kill -9 $PPID' };
  const manifest = { name: 'interrupted', version: '1.0.0', files: ['wasm'], scripts };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'wasm/a.c'), SOURCE);
  writeFileSync(join(folder, 'README.md'), README);
  return folder;
}

export async function checkInterruption(workshop) {
  const folder = makePackage(workshop);
  const { code } = await run('npm', ['pack'], { cwd: folder });
  const textOf = (name) => readFileSync(join(folder, name), 'utf8');
  if (code !== 'SIGKILL' || textOf('seen.c') !== STRIPPED) throw new Error(`npm was not interrupted: ${code}`);
  const isOver = () => !existsSync(join(folder, 'build/pack-sources'));
  for (const end = Date.now() + PATIENCE_MS; !isOver() && Date.now() < end;)
    await new Promise((done) => setTimeout(done, 50));
  if (textOf('wasm/a.c') !== SOURCE) throw new Error(`left behind: ${textOf('wasm/a.c')}`);
  if (textOf('README.md') !== README) throw new Error(`left behind: ${textOf('README.md')}`);
}
