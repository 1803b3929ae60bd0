// trace-check.ts: the rules of a trace file. Each is a function that reports what breaks it.
import { kindOf, seqOf, type FileEvent, type TraceFile } from './trace-file.js';
import { TRACE_KINDS } from './trace-ring.js';

export interface TraceProblem {
  rule: string;
  message: string;
  /** Which of `traceEvents`. */
  index: number;
}

type Say = (index: number, message: string) => void;
type Rule = (events: FileEvent[], say: Say, file: TraceFile) => void;

const PHASES = new Set(['M', 'X', 'i', 's', 'f', 'C']);
const known = new Set(Object.values(TRACE_KINDS).map(([kind]) => kind.replace(/\.begin$/, '')));
const number = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isEvent = ({ ph }: FileEvent) => ph !== 'M' && ph !== 'f';

const rules: Record<string, Rule> = {
  /** Every event has what its phase needs, and metadata has no time. */
  shape(events, say) {
    events.forEach((event, index) => {
      const { ph, pid, tid, name, ts, dur, args } = event;
      if (!PHASES.has(ph)) say(index, `unknown phase ${JSON.stringify(ph)}`);
      else if (!number(pid) || !number(tid) || typeof name !== 'string') say(index, 'no pid, tid or name');
      else if (ph === 'M' ? ts !== undefined : !number(ts)) say(index, ph === 'M' ? 'metadata with a time' : 'no time');
      else if (ph === 'X' && !(number(dur) && dur! >= 0)) say(index, 'a slice without a length');
      else if (isEvent(event) && !(number(args?.seq) && number(args?.t))) say(index, 'no args.seq or args.t');
    });
  },

  kinds(events, say) {
    events.forEach((event, index) => {
      if (isEvent(event) && !known.has(kindOf(event))) say(index, `unknown kind ${kindOf(event)}`);
    });
  },

  /** Numbers rise from the first that was kept, and none is missing: a slice has two. */
  order(events, say, file) {
    const seen = new Map<number, number>();
    let last = -1;
    events.forEach((event, index) => {
      const seq = seqOf(event);
      if (seq === undefined) return;
      if (seq <= last) say(index, `seq ${seq} after ${last}: the file was put in another order`);
      last = Math.max(last, seq);
      for (const one of [seq, event.args!.end as number | undefined]) {
        if (one === undefined) continue;
        if (seen.has(one)) say(index, `seq ${one} twice`);
        seen.set(one, index);
      }
    });
    const first = file.otherData.lost;
    const end = Math.max(first - 1, ...seen.keys());
    for (let seq = first; seq <= end; seq++) {
      // What was open when the ring began has its end here, and its beginning was lost.
      if (!seen.has(seq) && first === 0) return say(0, `seq ${seq} is missing`);
    }
  },

  nesting(events, say) {
    const open = new Map<string, { end: number; index: number }[]>();
    events.forEach(({ ph, pid, tid, ts = 0, dur = 0 }, index) => {
      if (ph !== 'X') return;
      const key = `${pid}/${tid}`;
      const stack = open.get(key) ?? [];
      while (stack.length > 0 && stack.at(-1)!.end <= ts) stack.pop();
      const outer = stack.at(-1);
      if (outer && ts + dur > outer.end + 1e-6) say(index, `overlaps slice ${outer.index} of thread ${key}`);
      stack.push({ end: ts + dur, index });
      open.set(key, stack);
    });
  },

  flows(events, say) {
    const starts = new Map<number, number>();
    events.forEach(({ ph, id = -1, ts = 0 }, index) => {
      if (ph === 's') starts.set(id, ts);
      if (ph !== 'f') return;
      const start = starts.get(id);
      if (start === undefined) say(index, `the arrow ${id} ends but never began`);
      else if (start > ts) say(index, `the arrow ${id} ends before it begins`);
    });
  },

  /** A future is polled between its creation and its end, and has one of each. */
  futures(events, say, file) {
    const state = new Map<number, string>();
    const end = (fut: number, how: string) => state.set(fut, how);
    events.forEach((event, index) => {
      if (!isEvent(event)) return;
      const kind = kindOf(event);
      const { fut, res } = event.args as { fut?: number; res?: string };
      if (fut === undefined) return;
      const was = state.get(fut);
      if (kind === 'fut.create') {
        if (was) say(index, `future ${fut} is created twice`);
        state.set(fut, 'alive');
      } else if (!was && file.otherData.lost === 0 && (kind === 'poll' || kind.startsWith('fut.'))) {
        say(index, `future ${fut} was never created`);
      } else if (kind === 'poll') {
        if (was === 'done' || was === 'dropped') say(index, `future ${fut} is polled after it was ${was}`);
        if (res !== 'pending' && res !== 'item' && res !== 'cut') end(fut, 'done');
      } else if (kind === 'fut.drop') {
        if (was === 'dropped') say(index, `future ${fut} is dropped twice`);
        end(fut, 'dropped');
      } else if (kind === 'fut.move' && was === 'alive') {
        end(fut, 'moved');
      }
    });
    for (const [fut, how] of state) if (how === 'alive') say(0, `future ${fut} has no end`);
  },
};

export const TRACE_RULES: readonly string[] = Object.keys(rules);

/** All that is wrong with a trace; nothing, for a good one. */
export function checkTrace(file: TraceFile): TraceProblem[] {
  const problems: TraceProblem[] = [];
  for (const [rule, judge] of Object.entries(rules)) {
    judge(file.traceEvents, (index, message) => problems.push({ rule, message, index }), file);
    if (rule === 'shape' && problems.length > 0) break; // the others rely on it
  }
  return problems;
}
