// command.ts: what a command is, and its help. Data goes to stdout, messages to stderr; exit codes are
// 0 for success, 1 for failure, 2 for wrong usage, 124 for a time limit, 130 for Ctrl-C.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface Option {
  type: 'boolean' | 'string';
  short?: string;
  help: string;
}

export interface Command {
  /** After `rouse`: "trace check". */
  name: string;
  /** What follows the name: "FILE...". */
  operands: string;
  summary: string;
  examples: string[];
  options: Record<string, Option>;
  /** How many operands it needs at least. */
  least: number;
  /** What follows the first operand belongs to it, options too. */
  passesOn?: boolean;
  run(operands: string[], options: Record<string, string | boolean | undefined>): Promise<number>;
}

export const EXIT = { ok: 0, failure: 1, usage: 2, timeout: 124, interrupted: 130 } as const;

/** Wrong usage; the message says what to do instead. */
export class UsageError extends Error {}

/** A failure that its message explains: no stack is shown. */
export class Failure extends Error {}

export const say = (text: string) => void process.stderr.write(`${text}\n`);
export const print = (text: string) => void process.stdout.write(`${text}\n`);

/** A file's bytes; those of stdin if it is called -. */
export function readInput(path: string): Buffer<ArrayBuffer> {
  try {
    return readFileSync(path === '-' ? 0 : path) as Buffer<ArrayBuffer>;
  } catch (error) {
    throw new Failure((error as Error).message);
  }
}

/** The edit distance. */
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

/** The name that `given` is probably a slip of; undefined if none is near. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const byDistance = names.map((name) => ({ name, far: distance(given, name) })).sort((a, b) => a.far - b.far);
  return byDistance[0] && byDistance[0].far <= 3 ? byDistance[0].name : undefined;
}

const HELP: Option = { type: 'boolean', short: 'h', help: 'show this text' };

export function commandHelp(command: Command): string {
  const { name, operands, summary, examples } = command;
  const options = Object.entries({ ...command.options, help: HELP });
  const rows = options.map(([long, { short, type, help }]) => {
    const names = `${short ? `-${short}, ` : '    '}--${long}${type === 'string' ? ' VALUE' : ''}`;
    return `  ${names.padEnd(26)} ${help}`;
  });
  return [...examples.map((line) => `  ${line}`), '', `usage: rouse ${name} ${operands}`, summary, '', ...rows].join(
    '\n',
  );
}

/** Parses what follows the name of a command, and runs it. */
export async function runCommand(command: Command, args: string[]): Promise<number> {
  const own = command.passesOn ? ownArguments(command, args) : args.length;
  const options = { ...command.options, help: HELP };
  let parsed;
  try {
    parsed = parseArgs({ args: args.slice(0, own), options, allowPositionals: true });
  } catch (error) {
    throw wrongOption(command, error as Error);
  }
  if (parsed.values.help) {
    print(commandHelp(command));
    return EXIT.ok;
  }
  const operands = [...parsed.positionals, ...args.slice(own)];
  const most = command.operands.includes('...') ? Infinity : command.operands.split(' ').length;
  if (operands.length < command.least || operands.length > most)
    throw new UsageError(`usage: rouse ${command.name} ${command.operands}`);
  return command.run(operands, parsed.values);
}

function wrongOption(command: Command, { message }: Error): UsageError {
  const given = /^Unknown option '(-.*?)'/.exec(message)?.[1];
  const meant =
    given &&
    nearest(
      given,
      Object.keys(command.options).map((name) => `--${name}`),
    );
  const hint = meant ? `Did you mean ${meant}?` : `See rouse ${command.name} --help`;
  return new UsageError(`${message.split('. ')[0]}. ${hint}`);
}

/** Up to and with the first operand. */
function ownArguments(command: Command, args: string[]): number {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') return i + 1;
    if (!arg.startsWith('-') || arg === '-') return i + 1;
    const option = Object.entries(command.options).find(
      ([long, { short }]) => arg === `--${long}` || arg === `-${short}`,
    );
    if (option?.[1].type === 'string') i++;
  }
  return args.length;
}
