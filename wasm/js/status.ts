// status.ts: the codes of ROUSE_STATUS_LIST (runtime/include/rouse/status.h); a test compares them.

export const STATUS: Readonly<Record<number, readonly [code: string, text: string]>> = {
  [-1]: ['CANCELLED', 'cancelled by this side'],
  [-2]: ['NO_MEMORY', 'out of memory'],
  [-3]: ['CLOSED', 'the other side is closed'],
  [-4]: ['TIMEOUT', 'the time allowed has passed'],
  [-5]: ['FULL', 'no room right now'],
  [-6]: ['EMPTY', 'nothing there right now'],
  [-7]: ['LAGGED', 'too slow: items were lost'],
  [-8]: ['INVALID', 'an argument is not valid'],
  [-9]: ['NOT_SUPPORTED', 'this host cannot do that'],
  [-10]: ['DEADLOCK', 'nothing left to wait for'],
};

export const OK = 0;
export const CANCELLED = -1;
export const NO_MEMORY = -2;
export const CLOSED = -3;
export const TIMED_OUT = -4;
export const PENDING = 2 ** 31 - 1;
/** What JavaScript threw has a status of its own, at most this. */
export const THROWN = -0x40000000;
