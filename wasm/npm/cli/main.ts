#!/usr/bin/env node
// main.ts: the command `rouse`. One table of commands gives the help and the guesses at what was meant.
import { readFileSync } from 'node:fs';
import { build } from './build.js';
import { commandHelp, EXIT, Failure, nearest, print, runCommand, say, UsageError, type Command } from './command.js';
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

function unknown(words: string[]): UsageError {
  const names = commands.map(({ name }) => name);
  const inGroup = names.some((name) => name.startsWith(`${words[0]} `));
  const given = words.slice(0, inGroup ? 2 : 1).join(' ');
  const meant = nearest(words.slice(0, 2).join(' '), names) ?? nearest(given, names);
  const hint = meant ? `did you mean rouse ${meant}?` : `see rouse ${inGroup ? `${words[0]} ` : ''}--help`;
  return new UsageError(`no command "${given}": ${hint}`);
}

async function main(args: string[]): Promise<number> {
  if (args[0] === 'help') return main([...args.slice(1), '--help']);
  if (args[0] === '--version') {
    print(version());
    return EXIT.ok;
  }
  if (args.length === 0 || args[0] === '--help' || args[0] === '-h') {
    (args.length === 0 ? say : print)(help());
    return args.length === 0 ? EXIT.usage : EXIT.ok;
  }
  const command = commands.find(({ name }) => name.split(' ').every((word, i) => word === args[i]));
  if (command) return runCommand(command, args.slice(command.name.split(' ').length));
  const group = commands.filter(({ name }) => name.startsWith(`${args[0]} `));
  if (group.length > 0 && (args.length === 1 || args[1] === '--help' || args[1] === '-h')) {
    (args.length === 1 ? say : print)(group.map(commandHelp).join('\n\n'));
    return args.length === 1 ? EXIT.usage : EXIT.ok;
  }
  throw unknown(args);
}

// The reader of our output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.ok);
});

/** The system refused a file, a folder or a port: that is not a bug here. */
const isExpected = (error: any): error is Error =>
  error instanceof UsageError || error instanceof Failure || typeof error?.syscall === 'string';

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!isExpected(error)) throw error;
  say(`rouse: ${error.message}`);
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failure;
}
