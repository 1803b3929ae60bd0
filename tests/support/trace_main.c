/* trace_main.c: a ROUSE_MAIN that runs the program under a virtual clock, and prints its
   trace. It is linked before the library's. */
#include <rouse/rouse.h>

#include <stdio.h>
#include <stdlib.h>

static struct rouse_trace_record ring[4096];
static char strings[8192];
static struct rouse_trace trace;
static struct rouse_runtime rt;

static void print(void *file, const char *text, size_t length)
{
    fwrite(text, 1, length, file);
}

void rouse_i_main_begin(void)
{
    struct rouse_options options = {.trace = &trace, .budget = 16};
    rouse_virtual_clock(&options);
    if (rouse_trace_init(&trace, ring, 4096, strings, sizeof strings) < 0 ||
        rouse_runtime_init(&rt, &options) < 0)
        abort();
}

int rouse_i_main(struct rouse_future *root)
{
    rouse_status status = rouse_block_on(&rt, root);
    rouse_runtime_drop(&rt);
    rouse_trace_write(&trace, ROUSE_BASE_LOGICAL, print, stdout);
    return status < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
