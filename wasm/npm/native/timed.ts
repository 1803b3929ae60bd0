// timed.ts: what waits for a time, or for a turn.
import type { Time } from './combine.js';
import { Work } from './work.js';

/** From now on. */
export const msOf = (time: Time): number => Math.max(typeof time === 'number' ? time : +time - Date.now(), 0);

/** A sleep, or a yield, whose time is 0. */
export class Timed extends Work<void, Time> {
  protected make(): number {
    const { kind, of } = this.future;
    return this.rt.node(kind, 0, msOf(of));
  }
}
