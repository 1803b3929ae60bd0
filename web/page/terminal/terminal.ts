// terminal.ts: the page terminal.html: a C program whose standard input is a box for text. Built for
// JavaScript, the program reads while you type; built for WASI, it gets all of the input at the end, and runs at once.
import { Program } from 'rouse';
import { byId, make, richText } from '../dom/elements.js';
import { showProblem } from '../dom/notice.js';
import { bindTheme } from '../shell/theme.js';
import { CodeView } from '../source/code-view.js';
import { Screen } from './screen.js';
import { TypedInput } from './typed-input.js';

interface Sample {
  name: string;
  about: string;
  args: string;
  lines: readonly string[];
}

const samples: readonly Sample[] = [
  {
    name: 'jsonl',
    about: 'A filter for JSON lines. It prints each object whose member `level` is `error`, as soon as it reads it.',
    args: 'level=error',
    lines: ['{"level":"error","code":507}', '{"level":"info"}', 'nonsense', '{"level":"error","code":404}'],
  },
  {
    name: 'jobs',
    about:
      'Runs the jobs that it reads, four at a time, for at most 2000 ms each. Type while they run: try `sleep 300`.',
    args: '4 2000',
    lines: ['sleep 1500', 'sleep 300', 'sleep 9000', 'sing'],
  },
];

/** One program, from its start to its end. */
interface Run {
  sample: Sample;
  isWhole: boolean;
  input: TypedInput;
  examples: number;
  program?: Program;
}

const field = (id: string) => byId<HTMLInputElement>(id);
const screen = new Screen(byId('screen'));
const source = new CodeView(byId('source'));
let current: Run | undefined;

const chosen = () => samples.find(({ name }) => name === field('program').value) ?? samples[0]!;
const argsOf = () => field('arguments').value.split(' ').filter(Boolean);
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function setState(text: string, isRunning: boolean): void {
  byId('state').textContent = text;
  document.body.dataset.state = isRunning ? 'running' : 'ended';
  for (const id of ['line', 'send', 'example', 'end', 'stop']) field(id).disabled = !isRunning;
}

function ended(run: Run, text: string): void {
  if (run !== current) return;
  const hadFocus = byId('entry').contains(document.activeElement) || document.activeElement === byId('stop');
  current = undefined;
  setState(text, false);
  if (hadFocus) byId('start').focus(); // what had the focus is disabled now
}

async function load(run: Run, stdin: TypedInput | string): Promise<Program> {
  const url = new URL(`../programs/${run.sample.name}.${run.isWhole ? 'wasi' : 'js'}.wasm`, import.meta.url);
  const write = (kind: 'out' | 'err') => (text: string) => run === current && screen.write(kind, text);
  return Program.load(url, { args: argsOf(), stdin, jumps: run.isWhole, stdout: write('out'), stderr: write('err') });
}

async function execute(run: Run, stdin: TypedInput | string): Promise<void> {
  try {
    const program = await load(run, stdin);
    if (run !== current) return;
    run.program = program;
    const code = await program.run();
    ended(run, code === 130 ? 'Cancelled: exit code 130.' : `Ended with exit code ${code}.`);
  } catch (error) {
    ended(run, `The program stopped: ${messageOf(error)}`);
  }
}

function start(): void {
  const sample = chosen();
  cancel();
  const run: Run = {
    sample,
    isWhole: field('host').value === 'wasi',
    input: new TypedInput(() => run === current && setState('The program waits for a line.', true)),
    examples: 0,
  };
  current = run;
  screen.clear();
  screen.write('command', `$ ${[sample.name, ...argsOf()].join(' ')}\n`);
  setState(run.isWhole ? 'Type all of the input, then press End.' : 'Loading…', true);
  if (!run.isWhole) void execute(run, run.input);
}

/** Cancels the run, which then writes nothing more. */
function cancel(): void {
  const run = current;
  current = undefined;
  run?.program?.cancel();
  run?.input.end();
}

function type(text: string): void {
  screen.write('typed', `> ${text}\n`);
  current?.input.push(`${text}\n`);
}

function end(): void {
  if (!current) return;
  screen.write('command', '^D\n');
  current.input.end();
  setState('The program has all of its input.', true);
  for (const id of ['line', 'send', 'example', 'end']) field(id).disabled = true;
  byId('stop').focus();
  if (current.isWhole) void execute(current, current.input.text);
}

function stop(): void {
  const run = current;
  if (run?.program)
    run.program.cancel(); // its end tells
  else if (run) ended(run, 'Cancelled.');
}

/** Marks comments over several lines, because the highlighter sees one line at a time. */
function quietComments(source: HTMLElement): void {
  let isOpen = false;
  for (const line of source.querySelectorAll<HTMLElement>('.line')) {
    const text = line.textContent ?? '';
    if (!isOpen && !text.trimStart().startsWith('/*')) continue;
    isOpen = !text.includes('*/');
    line.replaceChildren(make('span', 'comment', text));
  }
}

/** Starts another program, or the same on another host. */
async function choose(): Promise<void> {
  const { name, about } = chosen();
  byId('about').replaceChildren(...richText(about));
  byId('whole').hidden = field('host').value !== 'wasi';
  byId('source-name').textContent = `The source: examples/programs/${name}.c`;
  start();
  const response = await fetch(new URL(`../programs/${name}.c`, import.meta.url));
  const text = await response.text();
  if (chosen().name !== name) return; // another one meanwhile
  source.draw(text);
  quietComments(byId('source'));
}

function chooseProgram(): void {
  field('arguments').value = chosen().args;
  choose().catch((error) => showProblem(messageOf(error)));
}

function bind(): void {
  const on = (id: string, event: string, run: () => void) =>
    byId(id).addEventListener(event, (happened) => (happened.preventDefault(), run()));
  on('setup', 'submit', start);
  on('entry', 'submit', () => (type(field('line').value), (field('line').value = '')));
  on(
    'example',
    'click',
    () => current && type(current.sample.lines[current.examples++ % current.sample.lines.length]!),
  );
  on('end', 'click', end);
  on('stop', 'click', stop);
  byId('program').addEventListener('change', chooseProgram);
  byId('host').addEventListener('change', chooseProgram);
  byId('line').addEventListener('keydown', (event) => {
    if (!event.ctrlKey || event.key !== 'd') return;
    event.preventDefault();
    end();
  });
}

byId('program').append(...samples.map(({ name }) => make('option', '', name)));
bindTheme();
bind();
chooseProgram();
