// combine.ts: futures of time, and one future made of many. How they run is in timed.ts and family.ts.
import { start } from './builtin.js';
import { from, toFuture } from '../future/from.js';
import type { Future } from '../future/future.js';
import { Kind } from './kinds.js';
import { Native } from './native.js';
import { defaultPlatform } from '../base/schedule.js';
import * as platform from '../base/yields.js';
import { Task, type SpawnOptions } from '../future/task.js';

/** So many milliseconds from when it begins, or a point in time, which is the same whenever that is. */
export type Time = number | Date;

function checkTime(time: Time): Time {
  if (/^(number|object)$/.test(typeof time) && time !== null && Number.isFinite(+time)) return time;
  throw new RangeError(`${String(time)} is no time in milliseconds, and no Date`);
}

/** Done after so many milliseconds, or at a point in time; never early. */
export const sleep = (time: Time): Future<void> => new Native(Kind.SLEEP, checkTime(time));
/** Lets every other ready task run once. */
export const yieldNow = (): Future<void> => new Native(Kind.YIELD, 0);
/** Lets the platform have the thread: timers, input. */
export const yieldHost = (): Future<void> => from(async () => void (await platform.yieldHost(defaultPlatform())));
/** Done at the next frame that is painted; gives its time. */
export const yieldFrame = (): Future<number> => from((options) => platform.yieldFrame(defaultPlatform(), options));

type Awaited_<L> = { -readonly [I in keyof L]: Awaited<L[I]> };
type List = readonly (Future<any> | PromiseLike<any>)[];
/** The futures themselves, or one array of them. */
type Many<L extends List> = L | readonly [L];

/** @internal What such a future is made of. */
export interface Children {
  children: readonly Future<any>[];
  time?: Time;
  /** Of a select: those that have a part in it, as they were given; and their places. */
  arms?: readonly unknown[];
  places?: readonly number[];
}
function many(kind: Kind, given: readonly any[]): Future<any> {
  const list = given.length === 1 && Array.isArray(given[0]) ? given[0] : given;
  return new Native<any, Children>(kind, { children: list.map(toFuture) });
}

/** All their values. It waits for every one, and then fails like the first in the list that did. */
export function join<const L extends List>(...list: Many<L>): Future<Awaited_<L>> {
  return many(Kind.JOIN, list);
}

/** All their values; at the first failure the others are cancelled. */
export function tryJoin<const L extends List>(...list: Many<L>): Future<Awaited_<L>> {
  return many(Kind.TRY_JOIN, list);
}

/** What became of each; it never fails. */
export function settle<const L extends List>(
  ...list: Many<L>
): Future<{ -readonly [I in keyof L]: PromiseSettledResult<Awaited<L[I]>> }> {
  return many(Kind.SETTLE, list);
}

/** The first that ends, as it ends; the others are cancelled. */
export function race<const L extends List>(...list: Many<L>): Future<Awaited<L[number]>> {
  return many(Kind.RACE, list);
}

/** The first that succeeds; the others are cancelled. When none does, an AggregateError. */
export function any<const L extends List>(...list: Many<L>): Future<Awaited<L[number]>> {
  return many(Kind.ANY, list);
}

/** Its result, if it has one in time: else it is cancelled, and this fails with TIMEOUT. */
export function timeout<T>(child: Future<T> | PromiseLike<T>, time: Time): Future<T> {
  checkTime(time);
  return new Native<T, Children>(Kind.TIMEOUT, { children: [toFuture(child)], time });
}

/** Runs a future now, whether or not anybody awaits it. */
export const spawn = <T>(child: Future<T>, options: SpawnOptions = {}): Task<T> => new Task(toFuture(child), options);

/** Runs a future to its end: a promise, for those who want one. */
export const run = async <T>(child: Future<T>, options?: SpawnOptions): Promise<T> => spawn(child, options);

/** Loads the built-in runtime, unless it is there. `try` functions need it. */
export const ready = async (): Promise<void> => void (await start());
