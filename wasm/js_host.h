/* js_host.h: what the C files of the JavaScript host share. */
#ifndef ROUSE_JS_HOST_H
#define ROUSE_JS_HOST_H

#include "../runtime/src/executor.h"
#include <rouse/js.h>

#define IMPORT(name) __attribute__((import_module("env"), import_name(#name))) name
#define EXPORT(name) __attribute__((export_name(#name), used)) name

/* The module's one runtime, begun when first asked for. */
struct rouse_runtime *rouse_i_js_runtime(void);
/* How many imports wait for JavaScript: a program that waits for one is not stalled. */
extern uint32_t rouse_i_js_waiting;

#endif
