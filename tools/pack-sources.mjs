// The archive's C sources come without comments, which are a fifth of it; lines keep their numbers, and
// headers their comments, for they are the manual. npm packs files where they lie, so they are changed in
// place: `prepack` does that, `postpack` puts back what was there. An interrupted `npm pack` is put right
// by the next, or by hand: `node tools/pack-sources.mjs restore`.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { root } from './process.mjs';

const kept = `${root}/build/pack-sources`;
const folders = ['runtime/src', 'runtime/native', 'wasm'];
const literalOrComment = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

const sources = () =>
  folders.flatMap((folder) =>
    readdirSync(`${root}/${folder}`)
      .filter((file) => /\.[ch]$/.test(file))
      .map((file) => `${folder}/${file}`),
  );

export function withoutComments(text) {
  const code = text.replace(literalOrComment, (part) =>
    part.startsWith('/') ? ' ' + '\n'.repeat(part.split('\n').length - 1) : part,
  );
  return code.replace(/[ \t]+$/gm, '');
}

export function stripSources() {
  restoreSources();
  for (const file of sources()) cpSync(`${root}/${file}`, `${kept}/${file}`, { preserveTimestamps: true });
  for (const file of sources()) {
    const path = `${root}/${file}`;
    writeFileSync(path, withoutComments(readFileSync(path, 'utf8')));
  }
}

/** With their old times, so that nothing is built again. */
export function restoreSources() {
  if (!existsSync(kept)) return;
  for (const file of sources()) {
    if (!existsSync(`${kept}/${file}`)) continue;
    const { atime, mtime } = statSync(`${kept}/${file}`);
    cpSync(`${kept}/${file}`, `${root}/${file}`);
    utimesSync(`${root}/${file}`, atime, mtime);
  }
  rmSync(kept, { recursive: true });
}

if (process.argv[2] === 'restore') restoreSources();
