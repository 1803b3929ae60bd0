/* js_host.h: what the C files of the JavaScript host share. */
#ifndef ROUSE_JS_HOST_H
#define ROUSE_JS_HOST_H

#include "../../runtime/src/core/executor.h"
#include "../../runtime/src/trace/trace_events.h"
#include <rouse/js.h>

#define IMPORT(name) __attribute__((import_module("env"), import_name(#name))) name
#define EXPORT(name) __attribute__((export_name(#name), used)) name

/* In a trace, a call of JavaScript, its promise and the future that waits for it share the number
   of that future; so do a call from JavaScript and the promise that waits for it. */
#if ROUSE_TRACE
#define EVENT_JS(kind, f) rouse_i_js_event(ROUSE_EVENT_##kind, (f), (f)->type->name)
#define EVENT_JS_SETTLED(f, status) rouse_i_js_event_settled((f), (status))
void rouse_i_js_event(enum rouse_trace_kind kind, const struct rouse_future *f, const char *text);
void rouse_i_js_event_settled(const struct rouse_future *f, rouse_status status);
#else
#define EVENT_JS(kind, f) ((void)0)
#define EVENT_JS_SETTLED(f, status) ((void)0)
#endif

/* The module's one runtime, initialised at the first call. */
struct rouse_runtime *rouse_i_js_runtime(void);
/* The number of imports and reads of stdin that wait for JavaScript. While there is one, the
   program is not stalled. */
extern uint32_t rouse_i_js_waiting;

#endif
