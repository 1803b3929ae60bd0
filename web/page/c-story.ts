// c-story.ts: from the C program's trace to moments.
import type { CRun } from './c-worker.js';
import type { Lines, Moment } from './moment.js';
import { mapSource, printedAt, type SourceMap } from './source-map.js';
import type { TraceEvent } from 'rouse';

// Of runtime/include/rouse/future.h: below FIRST_LINE and above LAST_LINE `at` is no source line.
const FIRST_LINE = 2;
const LAST_LINE = 0x7ffffffc;
const PENDING = 0x7fffffff;
const BY_TASK = 1;
const BY_TIMER = 2;
const BY_SELF = 5;
const HIDDEN = new Set(['turn.begin', 'turn.end', 'fut.move', 'waker.clone', 'waker.drop', 'mem']);

const isLine = (at: number) => at >= FIRST_LINE && at <= LAST_LINE;
const one = (line: number | undefined): Lines | undefined => (line ? [line, line] : undefined);
type Extra = Partial<Omit<Moment, 'side' | 't' | 'text' | 'what'>> & { lines?: Lines | undefined };

class Reader {
  private readonly moments: Moment[] = [];
  private seq = 0;
  private readonly names = new Map<number, string>();
  private readonly lastOf = new Map<string, number>(); // by type: who was made last
  private readonly roots = new Map<number, number>(); // by task
  private readonly stack: number[] = [];
  private readonly parkedAt = new Map<number, number>(); // the line where a future waited last
  private child: string | undefined; // who was pending last, in the poll that goes on
  private readonly map: SourceMap;

  constructor(
    private readonly source: string,
    private readonly run: CRun,
  ) {
    this.map = mapSource(source);
  }

  read(): Moment[] {
    const { lines } = this.run;
    let next = 0;
    this.run.events.forEach((event, index) => {
      for (; lines[next] && lines[next]!.after <= index; next++) this.print(lines[next]!.text, event.t);
      this.seq = event.seq;
      if (!HIDDEN.has(event.kind)) this.event(event);
    });
    const last = this.run.events.at(-1)?.t ?? 0;
    for (const line of lines.slice(next)) this.print(line.text, last);
    const why = this.run.outOf ? this.stopped(this.run.outOf) : this.run.trap && `The program trapped: ${this.run.trap}`;
    if (why) this.add(last, 'note', why, { warning: true, lines: this.here() });
    return this.moments;
  }

  private stopped(after: string): string {
    const future = this.stack.at(-1);
    const where = future === undefined ? '' : ` in the poll of ${this.name(future)}`;
    return `Stopped${where} after ${after}. What came before is kept.`;
  }

  private add(t: number, what: Moment['what'], text: string, { lines, ...extra }: Extra = {}): void {
    this.moments.push({ side: 'c', t, what, text, seq: this.seq, ...(lines ? { lines } : {}), ...extra });
  }

  private print(printed: string, t: number): void {
    this.add(t, 'print', `Prints “${printed}”.`, { printed, lines: one(printedAt(this.source, printed)) });
  }

  private name(future: number): string {
    return `\`${this.names.get(future) ?? '?'}\``;
  }

  /** Where the innermost async function of the lesson is. */
  private here(): Lines | undefined {
    for (const future of [...this.stack].reverse()) {
      const line = this.parkedAt.get(future) ?? this.map.body(this.names.get(future) ?? '')?.[0];
      if (line) return one(line);
    }
    return undefined;
  }

  private event(event: TraceEvent): void {
    const { kind, t, a, b, c, task } = event;
    if (kind === 'fut.create') this.create(event);
    else if (kind === 'task.spawn') this.spawn(event);
    else if (kind === 'fut.drop') this.drop(event);
    else if (kind === 'poll.begin') this.begin(event);
    else if (kind === 'poll.end') this.end(event);
    else if (kind === 'wake') this.wake(event);
    else if (kind === 'task.done') this.add(t, 'note', `Task ${task} is done.`, { lines: one(this.map.main()) });
    else if (kind === 'timer.arm')
      this.add(t, 'timer', `A timer is set: wake ${this.name(c)} at ${due(a, b)} ms.`, { actor: c, lines: this.here() });
    else if (kind === 'timer.fire') this.add(t, 'timer', `The timer of ${this.name(c)} is due.`, { actor: c });
    else if (kind === 'timer.cancel') this.add(t, 'timer', `The timer of ${this.name(c)} is gone.`, { actor: c });
    else if (kind === 'lint') this.add(t, 'note', `Lint: ${event.text ?? ''}.`, { warning: true, lint: event.text ?? '?' });
    else this.add(t, 'note', NOTES[kind] ?? `${kind} ${event.text ?? ''}`.trim(), { lines: this.here() });
  }

  private create({ t, a, c, text = '?' }: TraceEvent): void {
    this.names.set(a, text);
    this.lastOf.set(text, a);
    const lines = this.here() ?? one(this.map.struct(text));
    const born = { name: text, kind: 'future' as const, bytes: c };
    this.add(t, 'make', `${this.name(a)} is made: a struct of ${c} bytes. Nothing runs.`, { actor: a, born, lines });
  }

  private spawn({ t, task, text }: TraceEvent): void {
    const root = this.lastOf.get(text ?? '');
    if (root === undefined) return;
    this.roots.set(task, root);
    const lines = this.here() ?? one(this.map.main());
    this.add(t, 'note', `${this.name(root)} is spawned: it is task ${task} now.`, { actor: root, isTask: true, lines });
  }

  private drop({ t, a, b }: TraceEvent): void {
    const name = this.name(a);
    const lines = this.map.body(this.names.get(a) ?? '') ?? this.here();
    if (b === 1)
      return this.add(t, 'drop', `${name} is dropped. It was never polled, so nothing of it ever ran.`, {
        actor: a, fate: 'unpolled', warning: true, lines,
      });
    const parked = this.parkedAt.get(a);
    const where = parked ? ` while it waits at line ${parked}` : '';
    this.add(t, 'drop', `${name} is dropped${where}: this is how C cancels.`, {
      actor: a, fate: 'dropped', lines: one(parked) ?? lines,
    });
  }

  private begin({ t, a, b }: TraceEvent): void {
    const name = this.names.get(a) ?? '';
    const body = this.map.body(name);
    const from = isLine(b) ? ` It goes on at line ${b}.` : body ? ' Its body runs from the start.' : '';
    const lines = isLine(b) && body ? one(b) : one(body?.[0]) ?? this.here();
    this.add(t, 'run', `${this.name(a)} is polled.${from}`, { actor: a, at: b, lines });
    this.stack.push(a);
    this.child = undefined;
  }

  private end({ t, a, b, c }: TraceEvent): void {
    this.stack.pop();
    const name = this.name(a);
    const isOurs = this.map.body(this.names.get(a) ?? '') !== undefined;
    if (c === PENDING) {
      if (isLine(b) && isOurs) this.parkedAt.set(a, b);
      const on = this.child;
      const waits = on ? `, it waits for \`${on}\`` : '';
      const where = isLine(b) && isOurs ? ` at line ${b}` : '';
      const lines = isOurs && isLine(b) ? one(b) : this.here();
      this.add(t, 'pause', `${name} is pending${where}${waits}.`, { actor: a, at: b, lines, ...(on ? { on } : {}) });
      this.child = this.names.get(a);
      return;
    }
    const failed = c !== 0;
    const lines = one(this.map.body(this.names.get(a) ?? '')?.[1]) ?? this.here();
    this.add(t, 'end', failed ? `${name} fails with status ${c | 0}.` : `${name} is ready.`, {
      actor: a, fate: failed ? 'failed' : 'done', lines,
    });
    this.child = undefined;
  }

  private wake({ t, task, a, b }: TraceEvent): void {
    const root = this.roots.get(task);
    const name = root === undefined ? `Task ${task}` : this.name(root);
    let text = `${name} is put into the ready queue.`;
    if (b === BY_TIMER) text = `The timer wakes ${name}: it is ready to be polled again.`;
    if (b === BY_TASK) text = `Task ${a} wakes ${name}.`;
    if (b === BY_SELF) text = `${name} wakes itself.`;
    const lines = this.stack.length > 0 ? this.here() : undefined;
    this.add(t, 'wake', text, { lines, ...(root === undefined ? {} : { actor: root, readies: [root] }) });
  }
}

const NOTES: Record<string, string> = {
  'task.cancel': 'The task is aborted.',
  'task.detach': 'The task is detached: nobody will join it.',
  'task.join': 'The task is joined.',
  'chan.full': 'The channel is full: the sender waits.',
  'chan.empty': 'The channel is empty: the receiver waits.',
  'chan.send': 'An item goes into the channel.',
  'chan.recv': 'An item comes out of the channel.',
  'lock.wait': 'Somebody waits for the lock.',
  'lock.take': 'The lock is taken.',
  'lock.release': 'The lock is given back.',
  'sel.win': 'One arm wins.',
  'sel.lose': 'The others lose.',
};

const due = (low: number, high: number) => Math.round((low + high * 2 ** 32) / 1e6);

export function tellC(source: string, run: CRun): Moment[] {
  return new Reader(source, run).read();
}
