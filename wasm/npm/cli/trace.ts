// trace.ts: rouse trace check, stats, convert, open. A file called - is stdin, or stdout.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { checkTrace } from '../trace/trace-check.js';
import { convertTrace, parseTrace, traceStats, type TraceFile } from '../trace/trace-file.js';
import { EXIT, Failure, print, readInput, say, UsageError, type Command } from './command.js';

const PERFETTO = 'https://ui.perfetto.dev';
const PERFETTO_PORT = 9001; // the only port that its content policy allows
const MOST_PROBLEMS = 20;

function open(path: string): TraceFile {
  try {
    return parseTrace(readInput(path).toString());
  } catch (error) {
    throw new Failure(error instanceof Failure ? error.message : `${path}: ${(error as Error).message}`);
  }
}

const tellLost = (path: string, lost: number) =>
  lost > 0 && say(`${path}: the ring was full, the first ${lost} events are lost`);

const json = { type: 'boolean', help: 'print JSON' } as const;

export const check: Command = {
  name: 'trace check',
  operands: 'FILE...',
  summary: 'Checks traces against the rules of docs/trace.md.',
  examples: ['rouse trace check run.json'],
  options: { json },
  least: 1,
  async run(paths, { json: asJson }) {
    const all = paths
      .map((path) => ({ path, file: open(path) }))
      .map(({ path, file }) => {
        tellLost(path, file.otherData.lost);
        return { path, problems: checkTrace(file) };
      });
    if (asJson) print(JSON.stringify(all));
    for (const { path, problems } of asJson ? [] : all) {
      for (const { rule, message, index } of problems.slice(0, MOST_PROBLEMS))
        print(`${path}: event ${index}: ${rule}: ${message}`);
      if (problems.length > MOST_PROBLEMS) print(`${path}: and ${problems.length - MOST_PROBLEMS} more`);
      if (problems.length === 0) print(`${path}: good`);
    }
    return all.some(({ problems }) => problems.length > 0) ? EXIT.failure : EXIT.ok;
  },
};

export const stats: Command = {
  name: 'trace stats',
  operands: 'FILE',
  summary: 'Counts the events, task by task.',
  examples: ['rouse trace stats run.json', 'rouse trace stats --json run.json | jq .tasks'],
  options: { json },
  least: 1,
  async run([path], { json: asJson }) {
    const found = traceStats(open(path!));
    tellLost(path!, found.lost);
    if (asJson) {
      print(JSON.stringify(found));
      return EXIT.ok;
    }
    print(`${found.events} events in ${found.milliseconds.toFixed(3)} ms`);
    for (const [kind, count] of Object.entries(found.kinds)) print(`${String(count).padStart(8)} ${kind}`);
    for (const { task, name, polls, wakes, outcome } of found.tasks)
      print(`task ${task} ${name}: ${polls} polls, ${wakes} wakes, ${outcome}`);
    for (const name of found.neverPolled) print(`never polled: ${name}`);
    for (const { lint, task, text } of found.lints) print(`lint: ${lint}${task ? ` in task ${task}` : ''}: ${text}`);
    return EXIT.ok;
  },
};

export const convert: Command = {
  name: 'trace convert',
  operands: 'FILE [OUT]',
  summary: 'Puts the same events on another time axis. Without OUT it prints them.',
  examples: ['rouse trace convert --base logical run.json steps.json'],
  options: { base: { type: 'string', help: 'logical (1 ms per event) or clock' } },
  least: 1,
  async run([path, out = '-'], { base = 'logical' }) {
    if (base !== 'logical' && base !== 'clock') throw new UsageError(`--base is logical or clock, not ${base}`);
    const text = `${JSON.stringify(convertTrace(open(path!), base))}\n`;
    writeFileSync(out === '-' ? 1 : out, text);
    return EXIT.ok;
  },
};

export const openInPerfetto: Command = {
  name: 'trace open',
  operands: 'FILE',
  summary: 'Serves the file to ui.perfetto.dev in your browser, and ends once it is fetched. Nothing is uploaded.',
  examples: ['rouse trace open run.json'],
  options: {},
  least: 1,
  async run([path]) {
    const text = JSON.stringify(open(path!));
    const local = `http://127.0.0.1:${PERFETTO_PORT}/trace.json`;
    await new Promise<void>((resolve, reject) => {
      const server = createServer((request, response) => {
        const isIt = request.url === '/trace.json';
        response.writeHead(isIt ? 200 : 404, { 'Access-Control-Allow-Origin': PERFETTO });
        response.end(isIt ? text : '', () => isIt && server.close(() => resolve()));
        response.on('finish', () => isIt && server.closeAllConnections());
      });
      server.on('error', (error) => reject(new Failure(`port ${PERFETTO_PORT}: ${error.message}`)));
      server.listen(PERFETTO_PORT, '127.0.0.1', () => {
        say('open this in a browser; rouse ends once the trace is fetched (Ctrl-C: now):');
        print(`${PERFETTO}/#!/?url=${local}`);
      });
    });
    return EXIT.ok;
  },
};
