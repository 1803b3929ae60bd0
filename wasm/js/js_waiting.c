/* js_waiting.c: how much the program waits for that JavaScript will bring. */
#include "js_host.h"

uint32_t rouse_i_js_waiting;
