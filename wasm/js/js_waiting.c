/* js_waiting.c: counts what the program waits for from JavaScript. A file of its own, so that only
   programs that wait for JavaScript link it. */
#include "js_host.h"

uint32_t rouse_i_js_waiting;
