// combine.ts: one future made of many. C waits for them (runtime/src/combine/join.c, select.c); what comes of them is
// put together here.
import { failure } from '../base/errors.js';
import { Code } from '../base/status.js';
import { toFuture } from '../future/from.js';
import type { Future } from '../future/future.js';
import { Kind } from './kinds.js';
import { claimable, Native } from './native.js';
import { runtime } from './runtime.js';
import { checkTime, msOf, type Time } from './time.js';

type Awaited_<L> = { -readonly [I in keyof L]: Awaited<L[I]> };
type List = readonly (Future<any> | PromiseLike<any>)[];
/** The futures themselves, or one array of them. */
type Many<L extends List> = L | readonly [L];

/** @internal */
export type Outcome = readonly [phase: 'fulfilled' | 'rejected', value: unknown];
/** @internal What comes of the children. `out` is the place of the one that decided. */
export type Finish = (children: readonly Future<any>[], status: number, out: number) => Outcome;

/** @internal A future whose node has the nodes of its children. */
export class Family<T> extends Native<T> {
  declare private readonly kind: Kind;
  declare protected readonly children: readonly Future<any>[];
  declare private readonly finish: Finish;
  declare private readonly nodes: number[];
  declare private readonly claimed: (Native<any> | undefined)[]; // the children whose nodes are ours

  constructor(kind: Kind, children: readonly Future<any>[], finish: Finish) {
    super();
    this.kind = kind;
    this.children = children;
    this.finish = finish;
    this.nodes = [];
    this.claimed = [];
  }

  protected make(): number {
    const rt = runtime();
    for (const child of this.children) {
      const own = claimable(child);
      this.claimed.push(own);
      this.nodes.push(own ? own.claim() : rt.waitFor(child));
    }
    return rt.node(this.kind, rt.list(this.nodes), this.number());
  }
  /** What C takes beside the list. */
  protected number(): number {
    return this.children.length;
  }

  override collect(node: number, status: number): void {
    const rt = runtime();
    const out = rt.outOf(node);
    this.children.forEach((child, i) => {
      const at = this.nodes[i]!;
      const own = this.claimed[i];
      if (status !== Code.CANCELLED && i !== out && this.keeps(i)) return rt.handBack(child, own, at, node, i);
      if (!own) return;
      const end = rt.statusOf(at);
      own.collect(at, end);
      if (status === Code.CANCELLED && end === Code.OK) own.abandon();
    });
    if (status === Code.CANCELLED) this.settle('rejected', this.whyNot(status));
    else this.settle(...this.finish(this.children, status, out));
  }
  /** Whether this child lives on when another one decides. */
  protected keeps(_place: number): boolean {
    return false;
  }

  override abandon(): void {
    this.children.forEach((child, i) => {
      child.drop();
      this.claimed[i]?.abandon();
    });
  }
}

class Timeout<T> extends Family<T> {
  declare private readonly time: Time;
  constructor(child: Future<T>, time: Time) {
    super(Kind.TIMEOUT, [child], inTime);
    this.time = time;
  }
  protected override number(): number {
    return msOf(this.time);
  }
}

const endOf = ({ phase, value }: Future<any>): Outcome => [phase as 'fulfilled', value];
const values = (children: readonly Future<any>[]): Outcome => ['fulfilled', children.map(({ value }) => value)];
// A child never fails with the status TIMED_OUT: that it failed is THROWN.
const inTime: Finish = ([child], status) => (status === Code.TIMED_OUT ? ['rejected', failure(status)] : endOf(child!));

function many(kind: Kind, given: readonly any[], finish: Finish): Future<any> {
  const list = given.length === 1 && Array.isArray(given[0]) ? given[0] : given;
  return new Family(kind, list.map(toFuture), finish);
}

/** All their values. It waits for every one, and then fails like the first in the list that did. */
export function join<const L extends List>(...list: Many<L>): Future<Awaited_<L>> {
  return many(Kind.JOIN, list, (children) => {
    const failed = children.find(({ phase }) => phase === 'rejected');
    return failed ? endOf(failed) : values(children);
  });
}

/** All their values; at the first failure the others are cancelled. */
export function tryJoin<const L extends List>(...list: Many<L>): Future<Awaited_<L>> {
  return many(Kind.TRY_JOIN, list, (children, status, out) =>
    status === Code.OK ? values(children) : endOf(children[out]!),
  );
}

const settled = ({ phase, value }: Future<any>) =>
  phase === 'fulfilled' ? { status: phase, value } : { status: phase, reason: value };

/** What became of each; it never fails. */
export function settle<const L extends List>(
  ...list: Many<L>
): Future<{ -readonly [I in keyof L]: PromiseSettledResult<Awaited<L[I]>> }> {
  return many(Kind.JOIN, list, (children) => ['fulfilled', children.map(settled)]);
}

/** The first that ends, as it ends; the others are cancelled. */
export function race<const L extends List>(...list: Many<L>): Future<Awaited<L[number]>> {
  return many(Kind.RACE, list, (children, status, out) =>
    children.length ? endOf(children[out]!) : ['rejected', failure(status)],
  );
}

/** The first that succeeds; the others are cancelled. When none does, an AggregateError. */
export function any<const L extends List>(...list: Many<L>): Future<Awaited<L[number]>> {
  return many(Kind.ANY, list, (children, status, out) => {
    if (status === Code.OK) return endOf(children[out]!);
    const reasons = children.map(({ value }) => value);
    return ['rejected', new AggregateError(reasons, 'all of them failed')];
  });
}

/** Its result, if it has one in time: else it is cancelled, and this fails with TIMEOUT. */
export function timeout<T>(child: Future<T> | PromiseLike<T>, time: Time): Future<T> {
  return new Timeout<T>(toFuture(child), checkTime(time));
}
