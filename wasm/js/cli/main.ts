#!/usr/bin/env node
// main.ts: the command `rouse`. One table of commands; help, and what was probably meant, come from it.
import { readFileSync } from 'node:fs';
import { build } from './build.js';
import { commandHelp, EXIT, Failure, print, runCommand, say, UsageError, type Command } from './command.js';
import { completion } from './completion.js';
import { newProject } from './new.js';
import { run } from './run.js';
import { check, convert, openInPerfetto, stats } from './trace.js';
import { types } from './types.js';

const most = [newProject, build, run, types, check, stats, convert, openInPerfetto];
const commands: Command[] = [...most, completion(most)];

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

function help(): string {
  const rows = commands.map(({ name, summary }) => `  rouse ${name.padEnd(14)} ${summary}`);
  return [
    '  npx rouse new demo && cd demo && npm start',
    '  npx rouse run app.wasm',
    '',
    'usage: rouse COMMAND [OPTIONS] [OPERANDS]',
    ...rows,
    '',
    '  -h, --help     of rouse, or of a command',
    '      --version',
  ].join('\n');
}

/** How many letters differ, the usual way. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

function unknown(words: string[]): UsageError {
  const given = words.slice(0, 2).join(' ');
  const byDistance = commands
    .map(({ name }) => ({ name, far: distance(name.includes(' ') ? given : words[0]!, name) }))
    .sort((a, b) => a.far - b.far);
  const nearest = byDistance[0]!;
  const hint = nearest.far <= 3 ? `did you mean rouse ${nearest.name}?` : 'see rouse --help';
  return new UsageError(`no command "${words[0]}": ${hint}`);
}

async function main(args: string[]): Promise<number> {
  if (args[0] === '--version') {
    print(version());
    return EXIT.ok;
  }
  if (args.length === 0 || args[0] === '--help' || args[0] === '-h') {
    (args.length === 0 ? say : print)(help());
    return args.length === 0 ? EXIT.usage : EXIT.ok;
  }
  const command = commands.find(({ name }) =>
    name.split(' ').every((word, i) => word === args[i]));
  if (command) return runCommand(command, args.slice(command.name.split(' ').length));
  const group = commands.filter(({ name }) => name.startsWith(`${args[0]} `));
  if (group.length > 0 && (args.length === 1 || args[1] === '--help' || args[1] === '-h')) {
    print(group.map(commandHelp).join('\n\n'));
    return args.length === 1 ? EXIT.usage : EXIT.ok;
  }
  throw unknown(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof Failure)) throw error;
  say(`rouse: ${error.message}`);
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failure;
}
