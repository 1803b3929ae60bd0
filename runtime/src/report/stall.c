/* stall.c: the report of a deadlock: every task is parked, and nothing can wake one. */
#include "waits.h"
#include <rouse/host.h>
#include <rouse/trace.h>

#if !ROUSE_KNOWS
#pragma weak rouse_why /* a small program prints it if it links it anyway */
#endif

static void log_sink(void *data, const char *text, size_t length)
{
    (void)data;
    rouse_host_log(text, length);
}

void rouse_i_report_stall(void *data, struct rouse_runtime *rt)
{
    char buffer[120];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    (void)data;
    rouse_i_text_string(&text, "rouse: deadlock: nothing is left to wait for, ");
    rouse_i_text_number(&text, (uint32_t)rt->task_count);
    rouse_i_text_string(&text, rt->task_count == 1 ? " task is parked\n" : " tasks are parked\n");
    rouse_host_log(text.start, text.length);
#if !ROUSE_KNOWS
    if (rouse_why)
#endif
        rouse_why(rt, NULL, log_sink, NULL);
    rouse_i_dump(rt, log_sink, NULL);
}
