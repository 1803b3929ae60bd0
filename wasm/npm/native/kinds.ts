// kinds.ts: the kinds of nodes that the built-in runtime has.

/** `enum kind` in builtin.c; a test compares the two. */
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
}
