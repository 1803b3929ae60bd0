// kinds.ts: what a future of the built-in runtime is. Compiled away, so that a part needs no import for it.

/** The kinds of nodes: `enum kind` in builtin.c. */
export const enum Kind {
  FRAME,
  WAIT,
  SLEEP,
  YIELD,
  JOIN,
  TRY_JOIN,
  RACE,
  ANY,
  SELECT,
  SELECT_FAIR,
  TIMEOUT,
  LOCK,
  ACQUIRE,
  SEND,
  RECV,
  /** A join for C: what comes of it is told otherwise. */
  SETTLE,
}
