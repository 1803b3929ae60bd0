// c-layout.ts: where JavaScript finds the fields of C's structs, in bytes, and the few other numbers that both sides
// know. wasm/js/js_layout.h has the same list. C compiles only while it is true, and a test compares the two.
// Inlined: `const enum` leaves nothing to load.

export const enum C {
  // struct rouse_type
  TYPE_NAME = 0,
  TYPE_SIZE = 8,
  // struct rouse_i_js_function, and its rows
  FUNCTION_FRAME = 20,
  FUNCTION_FIELDS = 24,
  FUNCTION_FIELD_COUNT = 28,
  FUNCTION_GIVES = 36,
  FIELD_NAME = 0,
  FIELD_KIND = 4,
  FIELD_OFFSET = 8,
  FIELD_BYTES = 12,
  FIELD_OUT = 16,
  // struct rouse_error, and its frames
  ERROR_COUNT = 4,
  ERROR_FRAMES = 8,
  ERROR_FRAMES_MOST = 16,
  ERROR_MESSAGE = 200,
  FRAME_FUNCTION = 0,
  FRAME_FILE = 4,
  FRAME_LINE = 8,
  FRAME_BYTES = 12,
  // completions, as rouse_js_complete reads them
  INBOX_MOST = 64,
  INBOX_LEAF = 0,
  INBOX_STATUS = 4,
  INBOX_BYTES = 8,
  // bits of what rouse_tick gives
  TICK_MORE = 1,
  TICK_IDLE = 2,
  // struct rouse_trace, and its records
  TRACE_RING = 0,
  TRACE_CAPACITY = 4,
  TRACE_SEQ = 8,
  TRACE_LOST = 12,
  TRACE_STRINGS = 16,
  TRACE_STRINGS_USED = 24,
  RECORD_SEQ = 0,
  RECORD_KIND = 4,
  RECORD_TASK = 8,
  RECORD_A = 12,
  RECORD_B = 16,
  RECORD_C = 20,
  RECORD_TIME = 24,
  RECORD_BYTES = 32,
  // struct node of wasm/builtin/builtin.c: the future in it, that future's state, and the first word of its result
  NODE_CHILDREN = 8,
  NODE_ITEM = 12,
  NODE_FUTURE = 16,
  NODE_STATUS = 28,
  NODE_AT = 32,
  NODE_OUT = 36,
  NODE_WAIT_ID = 44,
  AT_DONE = 0x7fffffff,
}
