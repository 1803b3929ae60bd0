// completion.ts: rouse completion: what shells and `man` need to know, from the table of commands.
import { EXIT, print, UsageError, type Command } from './command.js';

const optionsOf = ({ options }: Command) => [...Object.keys(options).map((name) => `--${name}`), '--help'];

/** What may follow each word or two words of the command line. */
function bash(commands: readonly Command[]): string {
  const first = [...new Set(commands.map(({ name }) => name.split(' ')[0]))];
  const groups = new Map<string, string[]>();
  for (const { name } of commands) {
    const [group, verb] = name.split(' ');
    if (verb) groups.set(group!, [...(groups.get(group!) ?? []), verb]);
  }
  const cases = [...groups].map(([group, verbs]) => `    "${group}") words="${verbs.join(' ')}" ;;`);
  const options = commands.map((command) => `    "${command.name}"*) words="${optionsOf(command).join(' ')}" ;;`);
  return `# bash completion for rouse: eval "$(rouse completion bash)"
_rouse() {
  local word=\${COMP_WORDS[COMP_CWORD]} words=
  local before="\${COMP_WORDS[*]:1:COMP_CWORD-1}"
  case $before in
    "") words="${first.join(' ')} --help --version" ;;
${cases.join('\n')}
  esac
  [[ $word == -* ]] && case $before in
${options.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _rouse rouse`;
}

const escaped = (text: string) => text.replace(/\\/g, '\\e').replace(/-/g, '\\-').replace(/^\./gm, '\\&.');

function manualEntry({ name, operands, summary, options, examples }: Command): string[] {
  const rows = Object.entries(options).flatMap(([long, { short, type, help }]) => {
    const names = `${short ? `-${short}, ` : ''}--${long}${type === 'string' ? ' VALUE' : ''}`;
    return ['.TP', `.B ${escaped(names)}`, escaped(help)];
  });
  const lines = examples.map((line) => escaped(line)).join('\n.br\n');
  return [`.SS ${escaped(`rouse ${name} ${operands}`)}`, escaped(summary), ...rows, '.PP', 'Example:', '.br', lines];
}

function manual(commands: readonly Command[]): string {
  return [
    '.TH ROUSE 1',
    '.SH NAME',
    'rouse \\- builds, runs and looks at async programs in C for WebAssembly',
    '.SH SYNOPSIS',
    '.B rouse',
    'COMMAND [OPTIONS] [OPERANDS]',
    '.SH COMMANDS',
    ...commands.flatMap(manualEntry),
    '.SH EXIT STATUS',
    '0 for success, 1 for failure, 2 for a call that makes no sense, 124 for a time limit, 130 for Ctrl\\-C.',
  ].join('\n');
}

export function completion(commands: readonly Command[]): Command {
  const self: Command = {
    name: 'completion',
    operands: 'bash|man',
    summary: 'Prints what bash needs to complete commands, or the manual page.',
    examples: ['eval "$(rouse completion bash)"', 'rouse completion man | man -l -'],
    options: {},
    least: 1,
    async run([form]) {
      const all = [...commands, self];
      if (form !== 'bash' && form !== 'man') throw new UsageError(`completion is for bash or man, not ${form}`);
      print(form === 'bash' ? bash(all) : manual(all));
      return EXIT.ok;
    },
  };
  return self;
}
