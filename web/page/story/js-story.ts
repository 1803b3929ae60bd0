// js-story.ts: tells the events of the rewritten JavaScript (js-recorder.ts) as moments. Async calls and timers are
// actors; a plain function is part of its caller. The engine does not say when a microtask was queued: that is
// when the awaited promise settled.
import type { JsEvent, Origin } from '../run/js-recorder.js';
import { fold } from './fold-loops.js';
import type { Lines, Moment } from './moment.js';

type Of<Kind> = Extract<JsEvent, { kind: Kind }>;
type TimerEvent = Of<'timer.set'> | Of<'timer.fire'> | Of<'timer.clear'>;
const TIMERS = 1_000_000; // ids of timers, so that they are none of a call
const MODULE = 1;

interface Call {
  name: string;
  isAsync: boolean;
}

class Reader {
  private readonly moments: Moment[] = [];
  private readonly calls = new Map<number, Call>();
  private readonly awaited = new Map<Moment, Origin>(); // by the pause

  constructor(private readonly events: readonly JsEvent[]) {}

  read(): Moment[] {
    for (const event of this.events) this.event(event);
    this.queueMicrotasks();
    return this.moments;
  }

  private add(event: JsEvent, what: Moment['what'], text: string, extra: Partial<Moment> = {}): void {
    const lines: Lines | undefined = event.line === undefined ? undefined : [event.line, event.line];
    const seq = event.after === undefined ? {} : { seq: event.after };
    this.moments.push({ side: 'js', t: event.t, what, text, ...seq, ...(lines ? { lines } : {}), ...extra });
  }

  private name(id: number): string {
    return id === MODULE ? 'The module' : `\`${this.calls.get(id)?.name ?? '?'}\``;
  }

  private event(event: JsEvent): void {
    if (event.kind === 'enter') this.enter(event);
    else if (event.kind === 'pause') this.pause(event);
    else if (event.kind === 'resume') this.resume(event);
    else if (event.kind === 'exit') this.exit(event);
    else if (event.kind === 'print') this.add(event, 'print', `Prints “${event.text}”.`, { printed: event.text });
    else if (event.kind === 'unhandled')
      this.add(
        event,
        'note',
        `Nobody handles this rejection: ${event.text}. The platform reports it (\`unhandledrejection\`).`,
        { warning: true },
      );
    else if (event.kind === 'handled')
      this.add(event, 'note', `The rejection is handled after all: ${event.text} (\`rejectionhandled\`).`);
    else this.timer(event);
  }

  private enter(event: Of<'enter'>): void {
    const { id, name, isAsync, by, fromC } = event;
    this.calls.set(id, { name, isAsync });
    if (!isAsync) {
      if (fromC) this.add(event, 'note', `C calls \`${name}\`.`);
      else if (by === undefined && event.micro) this.add(event, 'note', `A microtask runs \`${name}\`.`);
      return;
    }
    const text =
      id === MODULE
        ? 'The module runs.'
        : `${fromC ? `C calls \`${name}\`: it` : `\`${name}\` is called, and`} runs at once up to its first await.`;
    this.add(event, 'run', text, { actor: id, born: { name, kind: 'call' } });
  }

  private pause(event: Of<'pause'>): void {
    const { id, text, on } = event;
    const waited = on?.call !== undefined ? this.calls.get(on.call)?.name : undefined;
    this.add(event, 'pause', `${this.name(id)} awaits \`${text}\` and gives the thread back.`, {
      actor: id,
      on: waited ?? text,
    });
    if (on) this.awaited.set(this.moments.at(-1)!, on);
  }

  private resume(event: Of<'resume'>): void {
    const name = this.name(event.id);
    const text = event.micro ? `A microtask resumes ${name.replace('The', 'the')}.` : `${name} continues.`;
    this.add(event, 'run', text, { actor: event.id });
  }

  private exit(event: Of<'exit'>): void {
    const { id, error } = event;
    if (!this.calls.get(id)?.isAsync) return;
    if (error !== undefined)
      return this.add(event, 'end', `${this.name(id)} throws: its promise is rejected with “${error}”.`, {
        actor: id,
        fate: 'failed',
      });
    const text = id === MODULE ? 'The module has ended.' : `${this.name(id)} returns: its promise is fulfilled.`;
    this.add(event, 'end', text, { actor: id, fate: 'done' });
  }

  private timer(event: TimerEvent): void {
    const { timer, t } = event;
    const actor = TIMERS + timer;
    if (event.kind === 'timer.set') {
      const { due } = event;
      const born = { name: `timer, ${Math.round(due - t)} ms`, kind: 'timer' as const, due };
      this.add(event, 'timer', `A timer is set, due at ${Math.round(due)} ms. Now it belongs to the platform.`, {
        actor,
        born,
      });
    } else if (event.kind === 'timer.fire')
      this.add(event, 'timer', 'A timer fires: the platform runs its callback as a new task.', { actor, fate: 'done' });
    else this.add(event, 'timer', 'A timer is cleared.', { actor, fate: 'dropped' });
  }

  /** For each resumption, finds the moment that queued it: when the awaited promise settled. */
  private queueMicrotasks(): void {
    const pauses = new Map<number, number>();
    const ends = new Map<number | undefined, number>(); // by call; of any call under undefined
    let fired = -1;
    this.moments.forEach((moment, at) => {
      const { actor, what, fate } = moment;
      const paused = what === 'run' && !moment.born && actor !== undefined ? pauses.get(actor) : undefined;
      if (paused !== undefined) {
        // What is not known to come from one call or timer was settled by whatever ended last.
        const { call, timer } = this.awaited.get(this.moments[paused]!) ?? {};
        const ended = ends.get(call) ?? -1;
        const settled = call !== undefined ? ended : timer !== undefined ? fired : Math.max(ended, fired);
        (this.moments[Math.max(settled, paused)]!.readies ??= []).push(actor!);
      }
      if (what === 'pause') pauses.set(actor!, at);
      if (what === 'end') ends.set(actor, at).set(undefined, at);
      if (what === 'timer' && fate === 'done') fired = at;
    });
  }
}

export function tellJs(events: readonly JsEvent[]): Moment[] {
  return fold(new Reader(events).read());
}
