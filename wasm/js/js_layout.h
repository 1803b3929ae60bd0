/* js_layout.h: where JavaScript finds the fields of C's structs, in bytes, and the few other
   numbers that both sides know. wasm/npm/base/c-layout.ts has the same list;
   tests/js/c-layout.test.mjs compares the two, and static assertions hold this one to the structs:
   for the public ones in js_layout.c, for the others beside them. */
#ifndef ROUSE_JS_LAYOUT_H
#define ROUSE_JS_LAYOUT_H

#include <stddef.h>

enum {
    /* struct rouse_type */
    JS_TYPE_NAME = 0,
    JS_TYPE_SIZE = 8,
    /* struct rouse_i_js_function, and its rows */
    JS_FUNCTION_FRAME = 20,
    JS_FUNCTION_FIELDS = 24,
    JS_FUNCTION_FIELD_COUNT = 28,
    JS_FUNCTION_GIVES = 36,
    JS_FIELD_NAME = 0,
    JS_FIELD_KIND = 4,
    JS_FIELD_OFFSET = 8,
    JS_FIELD_BYTES = 12,
    JS_FIELD_OUT = 16,
    /* struct rouse_error, and its frames */
    JS_ERROR_COUNT = 4,
    JS_ERROR_FRAMES = 8,
    JS_ERROR_FRAMES_MOST = 16,
    JS_ERROR_MESSAGE = 200,
    JS_FRAME_FUNCTION = 0,
    JS_FRAME_FILE = 4,
    JS_FRAME_LINE = 8,
    JS_FRAME_BYTES = 12,
    /* completions, as rouse_js_complete reads them */
    JS_INBOX_MOST = 64,
    JS_INBOX_LEAF = 0,
    JS_INBOX_STATUS = 4,
    JS_INBOX_BYTES = 8,
    /* bits of what rouse_tick gives */
    JS_TICK_MORE = 1,
    JS_TICK_IDLE = 2,
    /* struct rouse_trace, and its records */
    JS_TRACE_RING = 0,
    JS_TRACE_CAPACITY = 4,
    JS_TRACE_SEQ = 8,
    JS_TRACE_LOST = 12,
    JS_TRACE_STRINGS = 16,
    JS_TRACE_STRINGS_USED = 24,
    JS_RECORD_SEQ = 0,
    JS_RECORD_KIND = 4,
    JS_RECORD_TASK = 8,
    JS_RECORD_A = 12,
    JS_RECORD_B = 16,
    JS_RECORD_C = 20,
    JS_RECORD_TIME = 24,
    JS_RECORD_BYTES = 32,
    /* struct node of wasm/builtin/builtin.c: the future in it, that future's state, and the first
       word of its result */
    JS_NODE_CHILDREN = 8,
    JS_NODE_ITEM = 12,
    JS_NODE_FUTURE = 16,
    JS_NODE_STATUS = 28,
    JS_NODE_AT = 32,
    JS_NODE_OUT = 36,
    JS_NODE_WAIT_ID = 44,
    JS_AT_DONE = 0x7fffffff
};

#define JS_LAYOUT(type, field, at) \
    _Static_assert(offsetof(type, field) == (at), "c-layout.ts: " #type "." #field)
#define JS_LAYOUT_SIZE(type, size) _Static_assert(sizeof(type) == (size), "c-layout.ts: " #type)

#endif
