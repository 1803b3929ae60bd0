// c-story.ts: tells the C program's trace as moments.
import type { CRun } from '../run/c-worker.js';
import { CHANNELS, LINTS, LOCKS, statusText } from './c-words.js';
import { fold } from './fold-loops.js';
import type { Lines, Moment } from './moment.js';
import { mapSource, printedAt, type SourceMap } from './source-map.js';
import type { TraceEvent } from 'rouse';

// Of runtime/include/rouse/future.h: below FIRST_LINE and above LAST_LINE `at` is no source line.
const FIRST_LINE = 2;
const LAST_LINE = 0x7ffffffc;
const PENDING = 0x7fffffff;
const CANCELLED = -1;
const BY_TASK = 1;
const BY_TIMER = 2;
const BY_PROMISE = 4;
const BY_SELF = 5;
const HIDDEN = new Set(['turn.end', 'fut.move', 'waker.clone', 'waker.drop', 'mem']);

const isLine = (at: number) => at >= FIRST_LINE && at <= LAST_LINE;
const one = (line: number | undefined): Lines | undefined => (line ? [line, line] : undefined);
type Extra = Partial<Omit<Moment, 'side' | 't' | 'text' | 'what'>> & { lines?: Lines | undefined };

class Reader {
  private readonly moments: Moment[] = [];
  private seq = 0;
  private readonly types = new Map<number, string>(); // by future
  private readonly names = new Map<number, string>();
  private readonly stack: number[] = [];
  private readonly parkedAt = new Map<number, number>(); // the line where a future waited last
  private readonly cursor = new Map<number, number>(); // the line where one that runs was seen last
  private readonly parents = new Map<number, number>(); // who polled it first
  private readonly calls = new Set<number>(); // from JavaScript
  private readonly polledTasks = new Set<number>();
  private readonly endedTasks = new Set<number>();
  private child: string | undefined; // who was pending last, in the poll that goes on
  private readonly map: SourceMap;

  constructor(
    private readonly source: string,
    private readonly run: CRun,
  ) {
    this.map = mapSource(source);
    this.nameFutures();
  }

  /** A future is named by its type; if the lesson makes several of one of its own types, they get numbers. */
  private nameFutures(): void {
    const ids = new Map<string, number[]>(); // by type
    for (const event of this.run.events) {
      if (event.kind !== 'fut.create') continue;
      const { a, text = '?' } = event;
      if (this.isCall(event)) this.names.set(a, `call of ${text}`);
      else if (!ids.get(text)?.push(a)) ids.set(text, [a]);
    }
    for (const [type, list] of ids) {
      const isNumbered = list.length > 1 && this.map.body(type) !== undefined;
      list.forEach((id, i) => this.names.set(id, isNumbered ? `${type} ${i + 1}` : type));
    }
  }

  /** Did JavaScript call a function of the lesson? Then the task around it has its name, and no file. */
  private isCall({ file, text = '?' }: TraceEvent): boolean {
    return file === '' && this.map.body(text) !== undefined;
  }

  read(): Moment[] {
    const { lines } = this.run;
    let next = 0;
    this.run.events.forEach((event, index) => {
      for (; lines[next] && lines[next]!.after <= index; next++) this.print(lines[next]!.text, event.t);
      this.seq = event.seq;
      // The JavaScript story tells what passes between the two sides.
      if (!HIDDEN.has(event.kind) && !event.kind.startsWith('js.')) this.event(event);
    });
    const last = this.run.events.at(-1)?.t ?? 0;
    for (const line of lines.slice(next)) this.print(line.text, last);
    const why = this.run.outOf
      ? this.stopped(this.run.outOf)
      : this.run.trap && `The program stops in the middle of a poll (${this.run.trap}).`;
    if (why) this.add(last, 'note', why, { warning: true, lines: this.here() });
    return this.moments;
  }

  private stopped(after: string): string {
    const future = this.stack.at(-1);
    const where = future === undefined ? '' : ` in the poll of ${this.name(future)}`;
    return `Stopped${where} after ${after}. The steps before are kept.`;
  }

  private add(t: number, what: Moment['what'], text: string, { lines, ...extra }: Extra = {}): void {
    this.moments.push({ side: 'c', t, what, text, seq: this.seq, ...(lines ? { lines } : {}), ...extra });
  }

  private print(printed: string, t: number): void {
    const line = printedAt(this.source, printed);
    const frame = this.around(this.stack.at(-1));
    if (line && frame && line >= frame.body[0] && line <= frame.body[1]) this.cursor.set(frame.id, line);
    this.add(t, 'print', `Prints “${printed}”.`, { printed, lines: one(line) });
  }

  private plain(future: number): string {
    return this.names.get(future) ?? '?';
  }

  private name(future: number): string {
    return `\`${this.plain(future)}\``;
  }

  private body(future: number): Lines | undefined {
    return this.map.body(this.types.get(future) ?? '');
  }

  /** The nearest async function of the lesson around a future, and its lines. */
  private around(future: number | undefined): { id: number; body: Lines } | undefined {
    for (let id = future; id !== undefined; id = this.parents.get(id)) {
      const body = this.body(id);
      if (body) return { id, body };
    }
    return undefined;
  }

  /** A trace from a file may claim anything: nothing becomes its own parent. */
  private isAbove(future: number, below: number): boolean {
    for (let id: number | undefined = below; id !== undefined; id = this.parents.get(id))
      if (id === future) return true;
    return false;
  }

  private lineOf(future: number | undefined): Lines | undefined {
    const frame = this.around(future);
    return frame && one(this.cursor.get(frame.id) ?? frame.body[0]);
  }

  private here(): Lines | undefined {
    return this.lineOf(this.stack.at(-1));
  }

  /** The next line with `word` in the function that runs: the trace has lines for awaits only. */
  private at(word: string): Lines | undefined {
    const frame = this.around(this.stack.at(-1));
    const line = frame && this.map.mention(word, frame.body, this.cursor.get(frame.id));
    if (line) this.cursor.set(frame.id, line);
    return this.here();
  }

  private event(event: TraceEvent): void {
    const { kind, t, a, b, c } = event;
    const tell = this.tellers[kind];
    if (tell) return void tell(event);
    if (kind === 'timer.arm')
      this.add(t, 'timer', `A timer is set: wake ${this.name(c)} at ${due(a, b)} ms.`, {
        actor: c,
        lines: this.here(),
      });
    else if (kind === 'timer.fire')
      this.add(t, 'timer', `The timer of ${this.name(c)} is due.`, { actor: c, lines: this.lineOf(c) });
    else if (kind === 'timer.cancel')
      this.add(t, 'timer', `The timer of ${this.name(c)} is removed.`, { actor: c, lines: this.lineOf(c) });
    else if (kind === 'sel.win') this.add(t, 'note', `${this.name(c)} wins.`, { lines: this.here() });
    else if (kind === 'sel.lose') this.add(t, 'note', `${this.name(c)} loses.`, { lines: this.here() });
    else this.note(event);
  }

  private readonly tellers: Readonly<Record<string, (event: TraceEvent) => void>> = {
    'fut.create': (event) => this.create(event),
    'fut.drop': (event) => this.drop(event),
    'poll.begin': (event) => this.begin(event),
    'poll.end': (event) => this.end(event),
    'task.spawn': (event) => this.spawn(event),
    wake: (event) => this.wake(event),
    lint: (event) => this.lint(event),
    'turn.begin': ({ t }) => {
      if (this.calls.size > 0)
        this.add(t, 'note', 'A JavaScript microtask runs the executor: it polls every task that is ready.');
    },
    'task.done': ({ t, task, a }) => {
      this.endedTasks.add(task);
      const how =
        a === 0 ? '' : (a | 0) === CANCELLED ? ': it was cancelled' : `, with “${statusText(a)}” for whoever joins it`;
      this.add(t, 'note', `The task of ${this.name(task)} is done${how}.`, { lines: one(this.map.main()) });
    },
    'task.detach': ({ t, task }) => {
      if (this.calls.has(task)) return; // as JavaScript does with each
      const text = this.endedTasks.has(task)
        ? `The handle of ${this.name(task)} is released.`
        : `${this.name(task)} is detached: nobody will join it.`;
      this.add(t, 'note', capital(text), { lines: this.at('rouse_task_detach') });
    },
    'task.cancel': ({ t, task }) =>
      this.add(t, 'note', capital(`${this.name(task)} is aborted: its futures are dropped.`), {
        lines: this.at('rouse_task_abort'),
      }),
  };

  private note({ kind, t, b, text = '' }: TraceEvent): void {
    const who = this.around(this.stack.at(-1))?.id;
    const [noun, verb] = kind.split('.');
    const words = noun === 'chan' ? CHANNELS[verb!]?.(b) : noun === 'lock' ? LOCKS[verb!]?.(text) : undefined;
    const whose = who === undefined ? 'Somebody' : this.name(who);
    this.add(t, 'note', capital((words ?? `${kind} ${text}`.trim()).replace('WHO', whose)), { lines: this.here() });
  }

  /** The runtime names the innermost future; the lesson's own function around it is where you can act on it. */
  private lint({ t, b, text = '' }: TraceEvent): void {
    const isKnown = this.body(b) !== undefined || this.parents.has(b);
    const who = this.around(isKnown ? b : this.stack.at(-1))?.id ?? b;
    const words = LINTS[text]?.replace('WHO', this.name(who));
    this.add(t, 'note', `Lint \`${text}\`${words ? `: ${words}` : '.'}`, {
      warning: true,
      lint: text,
      lines: this.lineOf(who),
    });
  }

  private create(event: TraceEvent): void {
    const { t, a, c, text = '?' } = event;
    if (this.isCall(event)) this.calls.add(a);
    else this.types.set(a, text);
    const lines = this.at(text) ?? one(this.map.struct(text));
    const born = { name: this.names.get(a)!, kind: 'future' as const, bytes: c };
    this.add(t, 'make', `${this.name(a)} is made: a struct of ${c} bytes. Nothing runs.`, { actor: a, born, lines });
  }

  /** A task has the id of its outermost future. */
  private spawn({ t, task }: TraceEvent): void {
    const lines = this.here() ?? one(this.map.main());
    const text = this.calls.has(task)
      ? `JavaScript starts the ${this.plain(task)}, as a task of its own.`
      : `${this.name(task)} is spawned: it is now a task of its own.`;
    this.add(t, 'note', text, { actor: task, isTask: true, lines });
  }

  private drop({ t, a, b }: TraceEvent): void {
    const name = this.name(a);
    const lines = this.body(a) ?? this.here();
    if (b === 1)
      return this.add(t, 'drop', `${name} is dropped. It was never polled, so nothing of it ever ran.`, {
        actor: a,
        fate: 'unpolled',
        warning: true,
        lines,
      });
    const parked = this.parkedAt.get(a);
    const where = parked ? ` while it waits at line ${parked}` : '';
    this.add(t, 'drop', `${name} is dropped${where}: this is how C cancels.`, {
      actor: a,
      fate: 'dropped',
      lines: one(parked) ?? lines,
    });
  }

  private begin({ t, task, a, b }: TraceEvent): void {
    this.polledTasks.add(task);
    const body = this.body(a);
    const from = isLine(b) ? ` It continues at line ${b}.` : body ? ' Its body runs from the start.' : '';
    const lines = isLine(b) && body ? one(b) : (one(body?.[0]) ?? this.lineOf(a) ?? this.here());
    this.add(t, 'run', `${this.name(a)} is polled.${from}`, { actor: a, at: b, lines });
    const by = this.stack.at(-1);
    if (by !== undefined && !this.parents.has(a) && !this.isAbove(a, by)) this.parents.set(a, by);
    this.stack.push(a);
    if (lines && body) this.cursor.set(a, lines[0]);
    this.child = undefined;
  }

  private end({ t, a, b, c }: TraceEvent): void {
    this.stack.pop();
    const name = this.name(a);
    const isOurs = this.body(a) !== undefined;
    if (c === PENDING) {
      if (isLine(b) && isOurs) (this.parkedAt.set(a, b), this.cursor.set(a, b));
      const on = this.child;
      const waits = on ? ` and waits for \`${on}\`` : '';
      const where = isLine(b) && isOurs ? ` at line ${b}` : '';
      const lines = isOurs && isLine(b) ? one(b) : this.here();
      this.add(t, 'pause', `${name} is pending${where}${waits}.`, { actor: a, at: b, lines, ...(on ? { on } : {}) });
      this.child = this.names.get(a);
      return;
    }
    const failed = c !== 0;
    const lines = one(this.body(a)?.[1]) ?? this.here();
    this.add(t, 'end', failed ? `${name} fails: ${statusText(c)}.` : `${name} is ready.`, {
      actor: a,
      fate: failed ? 'failed' : 'done',
      lines,
    });
    this.child = undefined;
  }

  private wake({ t, task, a, b }: TraceEvent): void {
    const name = this.name(task);
    let text = `${name} goes into the ready queue.`;
    if (b === BY_TIMER) text = `The timer wakes ${name}: it is ready to be polled again.`;
    if (b === BY_TASK && this.polledTasks.has(task))
      text = `${this.name(a)} wakes ${name}: it is ready to be polled again.`;
    const isPromise = b === BY_PROMISE || (this.calls.has(task) && this.polledTasks.has(task));
    if (isPromise) text = `The promise that ${name} awaits is settled, which wakes it: it is ready to be polled again.`;
    if (b === BY_SELF) text = `${name} wakes itself: it wants to be polled again.`;
    const lines = this.stack.length > 0 ? this.here() : undefined;
    this.add(t, 'wake', capital(text), { lines, actor: task, readies: [task] });
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const due = (low: number, high: number) => Math.round((low + high * 2 ** 32) / 1e6);

export function tellC(source: string, run: CRun): Moment[] {
  return fold(new Reader(source, run).read());
}
