// command.ts: what a command is, and its help. Data goes to stdout, messages to stderr; exit codes are
// 0 for success, 1 for failure, 2 for a call that makes no sense, 124 for a time limit, 130 for Ctrl-C.
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

/** A call that makes no sense; the message says what to do instead. */
export class UsageError extends Error {}

/** A failure whose message is all that there is to say: no stack is shown. */
export class Failure extends Error {}

export const say = (text: string) => void process.stderr.write(`${text}\n`);
export const print = (text: string) => void process.stdout.write(`${text}\n`);

const HELP: Option = { type: 'boolean', short: 'h', help: 'show this text' };

export function commandHelp(command: Command): string {
  const { name, operands, summary, examples } = command;
  const options = Object.entries({ ...command.options, help: HELP });
  const rows = options.map(([long, { short, type, help }]) => {
    const names = `${short ? `-${short}, ` : '    '}--${long}${type === 'string' ? ' VALUE' : ''}`;
    return `  ${names.padEnd(26)} ${help}`;
  });
  return [
    ...examples.map((line) => `  ${line}`),
    '',
    `usage: rouse ${name} ${operands}`,
    summary,
    '',
    ...rows,
  ].join('\n');
}

/** Parses what follows the name of a command, and runs it. */
export async function runCommand(command: Command, args: string[]): Promise<number> {
  const own = command.passesOn ? ownArguments(command, args) : args.length;
  const options = { ...command.options, help: HELP };
  let parsed;
  try {
    parsed = parseArgs({ args: args.slice(0, own), options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. See rouse ${command.name} --help`);
  }
  if (parsed.values.help) {
    print(commandHelp(command));
    return EXIT.ok;
  }
  const operands = [...parsed.positionals, ...args.slice(own)];
  if (operands.length < command.least)
    throw new UsageError(`usage: rouse ${command.name} ${command.operands}`);
  return command.run(operands, parsed.values);
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
