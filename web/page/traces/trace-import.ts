// trace-import.ts: turns a trace file (docs/trace.md) back into the events that the stories need: a trace of any
// program, native or not, or one that this page saved.
import type { TraceEvent } from 'rouse';
import { kindOf, parseTrace, type FileEvent } from 'rouse/trace';
import type { JsEvent } from '../run/js-recorder.js';

const MOST = 20_000; // steps that can be walked through
const JS = 2;

export interface ImportedTrace {
  events: TraceEvent[];
  js: JsEvent[];
  /** How many events the file has. */
  total: number;
  lost: number;
}

type Args = Record<string, any>;

/** Words a, b and c of an event, and its text. */
const WORDS: Record<string, (args: Args) => Partial<TraceEvent>> = {
  'fut.create': ({ fut, type, size }) => ({ a: fut, text: type, c: size }),
  'fut.drop': ({ fut, unpolled }) => ({ a: fut, b: unpolled }),
  'fut.move': ({ fut }) => ({ a: fut }),
  'task.spawn': ({ type, size, parent }) => ({ text: type, b: size, c: parent }),
  'task.done': ({ status }) => ({ a: status }),
  'task.join': ({ joined }) => ({ a: joined }),
  wake: ({ by_task, by }) => ({ a: by_task, b: by }),
  lint: ({ lint, fut }) => ({ text: lint, b: fut }),
};
const timer = ({ deadline = 0, fut }: Args) => ({ a: deadline >>> 0, b: Math.floor(deadline / 2 ** 32), c: fut });
const other = ({ addr = 0, held = 0, op, index, child, text, what }: Args) => ({
  a: op ?? addr,
  b: index ?? held,
  c: child,
  text: text ?? what,
});

function eventsOf(event: FileEvent): TraceEvent[] {
  const args = (event.args ?? {}) as Args;
  const kind = kindOf(event);
  const make = (kind: string, seq: number, words: Partial<TraceEvent>): TraceEvent => {
    const { a = 0, b = 0, c = 0, text } = words;
    return {
      kind,
      seq,
      t: Number(args.t),
      task: Number(args.task ?? 0),
      a,
      b,
      c,
      ...(text !== undefined && { text: String(text) }),
    };
  };
  if (event.ph !== 'X')
    return [make(kind, args.seq, (WORDS[kind] ?? (kind.startsWith('timer') ? timer : other))(args))];
  const { fut, from, to, type, status, more, end } = args;
  const begin = make(`${kind}.begin`, args.seq, kind === 'poll' ? { a: fut, b: from, text: type } : {});
  if (end === undefined) return [begin];
  return [begin, make(`${kind}.end`, end, kind === 'poll' ? { a: fut, b: to, c: status } : { a: more })];
}

/** Of a long trace, the beginning: there the futures get their names. */
export function importTrace(text: string): ImportedTrace {
  const { traceEvents, otherData } = parseTrace(text);
  const told = traceEvents.filter(
    ({ ph, args }) => ph !== 'M' && ph !== 'f' && args?.by !== 'end' && args?.seq !== undefined,
  );
  const isJs = ({ pid, args }: FileEvent) => pid === JS && typeof args?.event === 'string';
  const js = told
    .filter(isJs)
    .slice(0, MOST)
    .map(({ args }) => JSON.parse(String(args!.event)) as JsEvent);
  const all = told
    .filter((event) => !isJs(event))
    .flatMap(eventsOf)
    .sort((a, b) => a.seq - b.seq);
  const events = all.slice(0, MOST);
  // The end of a slice has no time of its own: it gets that of the event before it.
  for (let i = 1; i < events.length; i++)
    if (events[i]!.kind.endsWith('.end')) events[i]!.t = Math.max(events[i]!.t, events[i - 1]!.t);
  return { events, js, total: all.length + told.filter(isJs).length, lost: otherData.lost ?? 0 };
}
