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
  [-11]: ['NOT_FOUND', 'no such file or folder'],
  [-12]: ['EXISTS', 'it exists already'],
  [-13]: ['PERMISSION', 'permission denied'],
  [-14]: ['IS_DIRECTORY', 'it is a folder'],
  [-15]: ['NOT_DIRECTORY', 'it is not a folder'],
  [-16]: ['NOT_EMPTY', 'the folder is not empty'],
  [-17]: ['NO_SPACE', 'no space left on the device'],
  [-18]: ['TOO_MANY_FILES', 'too many open files'],
  [-19]: ['BAD_FD', 'the descriptor is not open'],
  [-20]: ['IO', 'the device failed'],
  [-21]: ['RESET', 'the connection was reset'],
};

/** Compiled away, so that a part needs no import for it. */
export const enum Code {
  OK = 0,
  CANCELLED = -1,
  NO_MEMORY = -2,
  CLOSED = -3,
  TIMED_OUT = -4,
  PENDING = 2 ** 31 - 1,
  /** What JavaScript threw has a status of its own, at most this. */
  THROWN = -0x40000000,
}
export const OK = Code.OK;
export const CANCELLED = Code.CANCELLED;
export const NO_MEMORY = Code.NO_MEMORY;
export const CLOSED = Code.CLOSED;
export const TIMED_OUT = Code.TIMED_OUT;
export const THROWN = Code.THROWN;
