// select.ts: a race that hands its losers back as they are: they may be awaited again, or put into the next select.
import { failure } from '../base/errors.js';
import { toFuture } from '../future/from.js';
import type { Future } from '../future/future.js';
import { Family, type Finish } from './combine.js';
import { Kind } from './kinds.js';

/** A future or promise; what is none has no part in it, so `wanted && future` is an arm. */
type Arm = Future<any> | PromiseLike<any> | null | undefined | false;
type Place<I> = I extends `${infer N extends number}` ? N : number;
type Taking<A> = Exclude<A, null | undefined | false>;

/** Which arm of a `select` ended first, and with what: `index` tells the type of `value`. */
export type Selected<L extends readonly Arm[]> = {
  -readonly [I in keyof L]: {
    index: Place<I>;
    value: Awaited<Taking<L[I]>>;
    /** The others, pending, as they were given. Their futures pause until they are awaited again; what
        is left of them when the future that awaited the select ends is cancelled with it. */
    losers: Taking<L[number]>[];
  };
}[number];

/** How a `select` looks at its arms. */
export interface SelectOptions {
  /** Of several that are done at once any may win, instead of the first in the list: in a loop none has
      to wait for ever. */
  fair?: boolean;
}

/** `arms` as they were given; `places` are where they stood among those that have no part in it. */
class Select<T> extends Family<T> {
  declare private readonly arms: readonly unknown[];
  constructor(kind: Kind, arms: readonly unknown[], places: readonly number[]) {
    const finish: Finish = (children, status, out) => {
      const winner = children[out];
      if (!winner) return ['rejected', failure(status)];
      if (winner.phase !== 'fulfilled') return ['rejected', winner.value];
      const losers = arms.filter((_, i) => i !== out);
      return ['fulfilled', { index: places[out], value: winner.value, losers }];
    };
    super(kind, arms.map(toFuture), finish);
    this.arms = arms;
  }
  /** A future; but a promise runs on by itself, and is not held. */
  protected override keeps(place: number): boolean {
    return this.arms[place] === this.children[place];
  }
}

/** The first that ends, and which it is; it fails if that one does. The losers are handed back. When the
    select itself is cancelled, so are all. EMPTY when it has no arm. */
export function select<const L extends readonly Arm[]>(arms: L, options?: SelectOptions): Future<Selected<L>>;
export function select<const L extends readonly Arm[]>(...arms: L): Future<Selected<L>>;
export function select(...list: readonly any[]): Future<any> {
  const [given, { fair = false } = {}] = Array.isArray(list[0]) ? list : [list];
  const places: number[] = [...given.keys()].filter((place) => given[place]);
  const arms = places.map((place) => given[place]);
  return new Select(fair ? Kind.SELECT_FAIR : Kind.SELECT, arms, places);
}
