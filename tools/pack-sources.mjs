// The archive's C sources come without comments and without needless blanks, which are a third of it; lines
// keep their numbers, and headers their looks and what the first sentence says. npm packs files where they
// lie and as they are, so they are changed in place for the second that it needs: `prepack` does that,
// `postpack` puts back what was there. If npm is interrupted in between, a guard that waits for its end
// does so. README.md loses the links that would lead nowhere on npm's page.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { root } from './process.mjs';
import { coreSources, headers, hostSources } from '../wasm/npm/cli/sources.js';

const kept = `${root}/build/pack-sources`; // whole, or not there
const publicHeaders = 'runtime/include/rouse';
const literalOrComment = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

const changed = () => {
  const ofHosts = ['native', 'wasi', 'js'].flatMap((host) => hostSources(root, host));
  return [...new Set(['README.md', ...coreSources(root), ...ofHosts, ...headers(root)])];
};

function withoutComments(text) {
  const code = text.replace(literalOrComment, (part) =>
    part.startsWith('/') ? ' ' + '\n'.repeat(part.split('\n').length - 1) : part,
  );
  return code.replace(/[ \t]+$/gm, '');
}

/** No two tokens grow together: there is no blank that matters beside any of these. */
const blanks = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'| *([,;(){}[\]?:]|[-+*%|!=<>]?=|&&|\|\|) */g;

/** What the compiler sees, on the same lines. Directives keep their blanks, which may mean something. */
function packed(text) {
  let inDirective = false;
  const lines = withoutComments(text)
    .replace(/^[ \t]+/gm, '')
    .split('\n');
  const pack = (line) => {
    const isDirective = inDirective || line.startsWith('#');
    inDirective = isDirective && line.endsWith('\\');
    return isDirective ? line.replace(/ +\\$/, ' \\') : line.replace(blanks, (part, token) => token ?? part);
  };
  return lines.map(pack).join('\n');
}

/** The first sentence says what a header is. */
function packedHeader(text) {
  const [, sentence, rest] = text.match(/^(\/\*.*?)(?:(?<=\.)\s|\*\/)([^]*)$/s);
  return `${sentence} */${withoutComments(`/*${rest}`)}`;
}

/** npm's page resolves relative links against `repository`: without it they and the pictures lead nowhere. */
function packedReadme(text) {
  if (JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).repository) return text;
  return text.replace(/^!\[.*\]\((?!https:).*\)\n\n/gm, '').replace(/\[([^\]]*)\]\((?!https:|#)[^)]*\)/g, '$1');
}

function packedFile(file, text) {
  if (file === 'README.md') return packedReadme(text);
  const isRead = file.startsWith(publicHeaders) && !file.includes('/private/'); // the others only the compiler reads
  return isRead ? packedHeader(text) : packed(text);
}

export function stripSources() {
  restoreSources();
  rmSync(`${kept}.new`, { recursive: true, force: true });
  for (const file of changed()) cpSync(`${root}/${file}`, `${kept}.new/${file}`, { preserveTimestamps: true });
  renameSync(`${kept}.new`, kept);
  const guard = [fileURLToPath(import.meta.url), 'guard', String(npm())];
  spawn(process.execPath, guard, { detached: true, stdio: 'ignore' }).unref();
  for (const file of changed()) {
    const path = `${root}/${file}`;
    writeFileSync(path, packedFile(file, readFileSync(path, 'utf8')));
  }
}

/** With their old times, so that nothing is built again. */
export function restoreSources() {
  if (!existsSync(kept)) return;
  for (const file of changed()) {
    if (!existsSync(`${kept}/${file}`)) continue;
    const { atime, mtime } = statSync(`${kept}/${file}`);
    cpSync(`${kept}/${file}`, `${root}/${file}`);
    utimesSync(`${root}/${file}`, atime, mtime);
  }
  rmSync(kept, { recursive: true });
}

/** The npm that runs us: our parent, or the parent of the shell between us. */
function npm() {
  try {
    const [, name, parent] = /\((.*)\) . (\d+)/.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8'));
    return name.endsWith('sh') ? parent : process.ppid;
  } catch {
    return process.ppid;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function guard(pid) {
  while (existsSync(kept) && isAlive(pid)) await new Promise((done) => setTimeout(done, 100));
  restoreSources();
}

const [, script, task, pid] = process.argv;
if (script === fileURLToPath(import.meta.url)) await (task === 'guard' ? guard(Number(pid)) : restoreSources());
