#!/usr/bin/env node
// The C compiler of wasm/toolchains/npm-clang.cmake; with `ar` as the first argument, its archiver.
//
// Loading the compiler takes most of a second, compiling a file a tenth. So the first calls leave servers
// in the build folder, which end by themselves when nobody has asked for a while: two, for one uses one core.
import { spawn } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);
const half = process.argv[2] === '--serve' ? process.argv[3] : String(process.pid % 2);
const socket = `npm-clang-${half}.sock`; // relative: a socket's path is at most 107 bytes long
const IDLE_MS = 10_000;
const START_MS = 20_000;

/** The build folder that holds `folder`; undefined if none does. */
function top(folder) {
  if (existsSync(`${folder}/CMakeCache.txt`)) return folder;
  return dirname(folder) === folder ? undefined : top(dirname(folder));
}

/** All that comes until the other side ends. (`for await` would close our side as well.) */
function textOf(stream) {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  return new Promise((done, fail) => stream.on('end', () => done(text)).on('error', fail));
}

async function run({ tool, args, cwd }) {
  const { runTool } = await import('./clang.mjs');
  return runTool(tool, args, { cwd });
}

async function serve() {
  const end = setTimeout(() => process.exit(0), IDLE_MS);
  const server = createServer({ allowHalfOpen: true }, async (client) => {
    const fail = (error) => ({ code: 70, output: `${error.stack}\n` });
    const request = textOf(client).then(JSON.parse);
    const answer = await request.then(run).catch(fail);
    client.end(JSON.stringify(answer)); // nobody reads it if the build was interrupted
    end.refresh();
  });
  // Renaming puts it over one that is dead, or that a rival began at the same time.
  const own = `${process.pid}.sock`;
  server.listen(own, () => renameSync(own, socket));
}

/** The server's answer; undefined if there is no server. */
function ask(request) {
  return new Promise((done) => {
    const client = connect({ path: socket, allowHalfOpen: true });
    client.end(JSON.stringify(request));
    const answer = textOf(client).then((text) => (text ? JSON.parse(text) : undefined));
    answer.then(done, () => done(undefined));
  });
}

async function askNewServer(request) {
  spawn(process.execPath, [here, '--serve', half], { detached: true, stdio: 'ignore' }).unref();
  for (const end = Date.now() + START_MS; Date.now() < end;) {
    await new Promise((done) => setTimeout(done, 50));
    const answer = await ask(request);
    if (answer) return answer;
  }
  return { code: 70, output: 'npm-clang: its server does not start\n' };
}

async function answerTo(request) {
  const folder = top(request.cwd);
  if (!folder) return run(request); // CMake's first look, or somebody by hand
  process.chdir(folder);
  return (await ask(request)) ?? askNewServer(request);
}

async function compile([first, ...rest]) {
  const [tool, args] = first === 'ar' ? [first, rest] : ['clang', [first, ...rest]];
  const request = { tool, args, cwd: process.cwd() };
  const { code, output } = await answerTo(request);
  process.stderr.write(output);
  process.exitCode = code;
}

if (process.argv[2] === '--serve') await serve();
else await compile(process.argv.slice(2));
