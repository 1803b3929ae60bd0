/* js_layout.c: no code. The structs of public headers lie as JavaScript reads them (js_layout.h);
   when one changes, this does not compile. */
#include "js_layout.h"
#include <rouse/async.h>
#include <rouse/js.h>
#include <rouse/trace.h>

JS_LAYOUT(struct rouse_type, name, JS_TYPE_NAME);
JS_LAYOUT(struct rouse_type, size, JS_TYPE_SIZE);

JS_LAYOUT(struct rouse_i_js_function, type, 0);
JS_LAYOUT(struct rouse_i_js_function, frame, JS_FUNCTION_FRAME);
JS_LAYOUT(struct rouse_i_js_function, fields, JS_FUNCTION_FIELDS);
JS_LAYOUT(struct rouse_i_js_function, field_count, JS_FUNCTION_FIELD_COUNT);
JS_LAYOUT(struct rouse_i_js_function, gives, JS_FUNCTION_GIVES);
JS_LAYOUT(struct rouse_i_js_field, name, JS_FIELD_NAME);
JS_LAYOUT(struct rouse_i_js_field, kind, JS_FIELD_KIND);
JS_LAYOUT(struct rouse_i_js_field, offset, JS_FIELD_OFFSET);
JS_LAYOUT_SIZE(struct rouse_i_js_field, JS_FIELD_BYTES);
_Static_assert(ROUSE_JS_OUT == JS_FIELD_OUT, "c-layout.ts: ROUSE_JS_OUT");

JS_LAYOUT(struct rouse_error, frame_count, JS_ERROR_COUNT);
JS_LAYOUT(struct rouse_error, frames, JS_ERROR_FRAMES);
JS_LAYOUT(struct rouse_error, message, JS_ERROR_MESSAGE);
_Static_assert(ROUSE_ERROR_FRAMES == JS_ERROR_FRAMES_MOST, "c-layout.ts: ROUSE_ERROR_FRAMES");
JS_LAYOUT(struct rouse_error_frame, function, JS_FRAME_FUNCTION);
JS_LAYOUT(struct rouse_error_frame, file, JS_FRAME_FILE);
JS_LAYOUT(struct rouse_error_frame, line, JS_FRAME_LINE);
JS_LAYOUT_SIZE(struct rouse_error_frame, JS_FRAME_BYTES);

JS_LAYOUT(struct rouse_trace, ring, JS_TRACE_RING);
JS_LAYOUT(struct rouse_trace, capacity, JS_TRACE_CAPACITY);
JS_LAYOUT(struct rouse_trace, seq, JS_TRACE_SEQ);
JS_LAYOUT(struct rouse_trace, lost, JS_TRACE_LOST);
JS_LAYOUT(struct rouse_trace, strings, JS_TRACE_STRINGS);
JS_LAYOUT(struct rouse_trace, string_used, JS_TRACE_STRINGS_USED);
JS_LAYOUT(struct rouse_trace_record, seq, JS_RECORD_SEQ);
JS_LAYOUT(struct rouse_trace_record, kind, JS_RECORD_KIND);
JS_LAYOUT(struct rouse_trace_record, task, JS_RECORD_TASK);
JS_LAYOUT(struct rouse_trace_record, a, JS_RECORD_A);
JS_LAYOUT(struct rouse_trace_record, b, JS_RECORD_B);
JS_LAYOUT(struct rouse_trace_record, c, JS_RECORD_C);
JS_LAYOUT(struct rouse_trace_record, t, JS_RECORD_TIME);
JS_LAYOUT_SIZE(struct rouse_trace_record, JS_RECORD_BYTES);
