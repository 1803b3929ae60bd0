// combine.ts: futures of time, and one future made of many. The work is C's (runtime/src/combine.c).
import {
  ANY, JOIN, RACE, SLEEP, TIMEOUT, TRY_JOIN, YIELD, start, type Runtime,
} from './builtin.js';
import { failure } from './errors.js';
import { from } from './from.js';
import { Future } from './future.js';
import { toFuture } from './generator.js';
import { Native } from './native.js';
import { Parent, like, type Outcome } from './parent.js';
import { defaultPlatform } from './schedule.js';
import * as platform from './standard.js';
import { OK, TIMED_OUT } from './status.js';
import { Task, type SpawnOptions } from './task.js';

/** So many milliseconds from when it begins, or a point in time, which is the same whenever that is. */
export type Time = number | Date;

class Simple extends Native<void> {
  constructor(
    private readonly kind: number,
    private readonly time: Time = 0,
  ) {
    super();
  }
  make(rt: Runtime): number {
    return rt.node(this.kind, 0, msOf(this.time));
  }
}

const msOf = (time: Time): number => Math.max(typeof time === 'number' ? time : +time - Date.now(), 0);

function checkTime(time: Time): Time {
  if (/^(number|object)$/.test(typeof time) && time !== null && Number.isFinite(+time)) return time;
  throw new RangeError(`${String(time)} is no time in milliseconds, and no Date`);
}

/** Done after so many milliseconds, or at a point in time; never early. */
export const sleep = (time: Time): Future<void> => new Simple(SLEEP, checkTime(time));
/** Lets every other ready task run once. */
export const yieldNow = (): Future<void> => new Simple(YIELD);
/** Lets the platform have the thread: timers, input. */
export const yieldHost = (): Future<void> =>
  from(async () => void (await platform.yieldHost(defaultPlatform())));
/** Done at the next frame that is painted; gives its time. */
export const yieldFrame = (): Future<number> =>
  from((options) => platform.yieldFrame(defaultPlatform(), options));

const values = (children: readonly Future<any>[]): Outcome => [
  'fulfilled',
  children.map(({ value }) => value),
];

type Awaited_<L> = { -readonly [I in keyof L]: Awaited<L[I]> };
type List = readonly (Future<any> | PromiseLike<any>)[];
/** The futures themselves, or one array of them. */
type Many<L extends List> = L | readonly [L];
const listOf = (given: readonly any[]): readonly unknown[] =>
  given.length === 1 && Array.isArray(given[0]) ? given[0] : given;

/** All their values. It waits for every one, and then fails like the first in the list that did. */
export function join<const L extends List>(...list: Many<L>): Future<Awaited_<L>> {
  return new Parent(JOIN, listOf(list), (children) => {
    const failed = children.find(({ phase }) => phase === 'rejected');
    return failed ? like(failed) : values(children);
  });
}

/** All their values; at the first failure the others are cancelled. */
export function tryJoin<const L extends List>(...list: Many<L>): Future<Awaited_<L>> {
  return new Parent(TRY_JOIN, listOf(list), (children, status, out) =>
    status === OK ? values(children) : like(children[out]!),
  );
}

/** What became of each; it never fails. */
export function settle<const L extends List>(
  ...list: Many<L>
): Future<{ -readonly [I in keyof L]: PromiseSettledResult<Awaited<L[I]>> }> {
  return new Parent(JOIN, listOf(list), (children) => [
    'fulfilled',
    children.map(({ phase, value }) =>
      phase === 'fulfilled' ? { status: phase, value } : { status: phase, reason: value },
    ),
  ]);
}

/** The first that ends, as it ends; the others are cancelled. */
export function race<const L extends List>(...list: Many<L>): Future<Awaited<L[number]>> {
  return new Parent(RACE, listOf(list), (children, status, out) =>
    children.length ? like(children[out]!) : ['rejected', failure(status)],
  );
}

/** The first that succeeds; the others are cancelled. When none does, an AggregateError. */
export function any<const L extends List>(...list: Many<L>): Future<Awaited<L[number]>> {
  return new Parent(ANY, listOf(list), (children, status, out) => {
    if (status === OK) return like(children[out]!);
    const reasons = children.map(({ value }) => value);
    return ['rejected', new AggregateError(reasons, 'all of them failed')];
  });
}

/** Its result, if it has one in time: else it is cancelled, and this fails with TIMEOUT. */
export function timeout<T>(child: Future<T> | PromiseLike<T>, time: Time): Future<T> {
  checkTime(time);
  // What a child failed with is never this status: that is THROWN.
  return new Parent(
    TIMEOUT,
    [child],
    ([only], status) => (status === TIMED_OUT ? ['rejected', failure(status)] : like(only!)),
    () => msOf(time),
  );
}

/** Runs a future now, whether or not anybody awaits it. */
export const spawn = <T>(child: Future<T>, options: SpawnOptions = {}): Task<T> =>
  new Task(toFuture(child), options);

/** Runs a future to its end: a promise, for those who want one. */
export const run = async <T>(child: Future<T>, options?: SpawnOptions): Promise<T> =>
  spawn(child, options);

/** Loads the built-in runtime, unless it is there. `try` functions need it. */
export const ready = async (): Promise<void> => void (await start());
