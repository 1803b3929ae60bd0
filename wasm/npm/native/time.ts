// time.ts: futures that wait for a time, or for a turn of others.
import { defaultPlatform } from '../base/schedule.js';
import * as platform from '../base/yields.js';
import { from } from '../future/from.js';
import type { Future } from '../future/future.js';
import { Kind } from './kinds.js';
import { Native } from './native.js';
import { runtime } from './runtime.js';

/** So many milliseconds from when it begins, or a point in time, which is the same whenever that is. */
export type Time = number | Date;

/** @internal */
export function checkTime(time: Time): Time {
  if (/^(number|object)$/.test(typeof time) && time !== null && Number.isFinite(+time)) return time;
  throw new RangeError(`${String(time)} is not a time: give milliseconds or a Date`);
}

/** @internal From now on. */
export const msOf = (time: Time): number => Math.max(typeof time === 'number' ? time : +time - Date.now(), 0);

/** A sleep; or a yield, whose time is 0. */
class Pause extends Native<void> {
  declare private readonly kind: Kind;
  declare private readonly time: Time;
  constructor(kind: Kind, time: Time) {
    super();
    this.kind = kind;
    this.time = time;
  }
  protected make(): number {
    return runtime().node(this.kind, 0, msOf(this.time));
  }
}

/** Done after so many milliseconds, or at a point in time; never early. */
export const sleep = (time: Time): Future<void> => new Pause(Kind.SLEEP, checkTime(time));
/** Lets every other ready task run once. */
export const yieldNow = (): Future<void> => new Pause(Kind.YIELD, 0);
/** Lets the platform have the thread: timers, input. */
export const yieldHost = (): Future<void> => from(async () => void (await platform.yieldHost(defaultPlatform())));
/** Done at the next frame that is painted; gives its time. */
export const yieldFrame = (): Future<number> => from((options) => platform.yieldFrame(defaultPlatform(), options));
