// outcomes.ts: what comes of many futures, once C has waited for them.
import type { Tools } from './builtin.js';
import type { Children } from './combine.js';
import type { Future } from '../future/future.js';
import { Kind } from './kinds.js';
import { Code } from '../base/status.js';

type Outcome = [phase: 'fulfilled' | 'rejected', value: unknown];
type Finish = (of: Children, status: number, out: number, tools: Tools) => Outcome;

const like = ({ phase, value }: Future<any>): Outcome => [phase as 'fulfilled', value];
const values = ({ children }: Children): Outcome => ['fulfilled', children.map(({ value }) => value)];

const chosen: Finish = ({ children, arms, places }, status, out, { failure }) => {
  const winner = children[out];
  if (!winner) return ['rejected', failure(status)];
  if (winner.phase !== 'fulfilled') return like(winner);
  const losers = arms!.filter((_, i) => i !== out);
  return ['fulfilled', { index: places![out], value: winner.value, losers }];
};

/** By kind. `out` is the place of the one that decided. */
export const outcomes: Partial<Record<Kind, Finish>> = {
  [Kind.JOIN](of) {
    const failed = of.children.find(({ phase }) => phase === 'rejected');
    return failed ? like(failed) : values(of);
  },
  [Kind.TRY_JOIN]: (of, status, out) => (status === Code.OK ? values(of) : like(of.children[out]!)),
  [Kind.SETTLE]: ({ children }) => [
    'fulfilled',
    children.map(({ phase, value }) =>
      phase === 'fulfilled' ? { status: phase, value } : { status: phase, reason: value },
    ),
  ],
  [Kind.RACE]: ({ children }, status, out, { failure }) =>
    children.length ? like(children[out]!) : ['rejected', failure(status)],
  [Kind.ANY]({ children }, status, out) {
    if (status === Code.OK) return like(children[out]!);
    const reasons = children.map(({ value }) => value);
    return ['rejected', new AggregateError(reasons, 'all of them failed')];
  },
  [Kind.SELECT]: chosen,
  [Kind.SELECT_FAIR]: chosen,
  // What a child failed with is never this status: that is THROWN.
  [Kind.TIMEOUT]: ({ children }, status, _, { failure }) =>
    status === Code.TIMED_OUT ? ['rejected', failure(status)] : like(children[0]!),
};
