/* main.c: ROUSE_MAIN on hosts with a main of their own. Apart from program.c, so that a test can
   bring its own. */
#include "../trace/trace_events.h"
#include <rouse/task.h>

static struct rouse_runtime program; /* a signal handler can reach nothing but a global */
static rouse_status begun;

void rouse_i_main_begin(void)
{
    struct rouse_options options = {.trace = rouse_i_trace_file_open()};
    begun = rouse_runtime_init(&program, &options);
}

int rouse_i_main(struct rouse_future *root)
{
    if (begun < 0)
        return rouse_i_program_end(root, begun, NULL);
    rouse_host_on_interrupt(&program);
    rouse_status status = (rouse_block_on)(&program, root);
    int code = rouse_i_program_end(root, status, rouse_last_error(&program));
    rouse_runtime_drop(&program);
    rouse_i_trace_file_close();
    return code;
}
