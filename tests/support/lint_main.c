/* lint_main.c: a ROUSE_MAIN that prints each lint, its name and the type of the future, when it is
   told, and again from the trace. Time goes on while nothing runs, and by lint_work. It is linked
   before the library's. */
#include "lint_main.h"

#include <stdio.h>
#include <stdlib.h>

static struct rouse_trace_record ring[4096];
static char strings[8192];
static struct rouse_trace trace;
static struct rouse_runtime rt;
static struct rouse_fake_host host;

void lint_work(uint64_t ns)
{
    host.clock_ns += ns;
}

static void print_lint(void *data, const struct rouse_lint *lint)
{
    (void)data;
    printf("%s %s\n", lint->name, lint->type);
    fflush(stdout);
}

static void ignore_error(void *data, struct rouse_runtime *runtime, const char *task,
                         const struct rouse_error *error)
{
    (void)data, (void)runtime, (void)task, (void)error;
}

void rouse_i_main_begin(void)
{
    struct rouse_options options = {
        .host = &host.host, .trace = &trace, .on_lint = print_lint, .on_error = ignore_error};
    rouse_fake_host_init(&host);
    if (rouse_trace_init(&trace, ring, 4096, strings, sizeof strings) < 0 ||
        rouse_runtime_init(&rt, &options) < 0)
        abort();
}

/* Each lint that was told is in the trace, too. */
static void check_trace(void)
{
    const struct rouse_trace_record *record;
    for (uint32_t i = 0; (record = rouse_trace_at(&trace, i)); i++)
        if (record->kind == ROUSE_EVENT_LINT)
            printf("in the trace: %s\n", rouse_trace_text(&trace, record->a));
}

int rouse_i_main(struct rouse_future *root)
{
    rouse_status status = rouse_block_on(&rt, root);
    rouse_runtime_drop(&rt);
    check_trace();
    return status < 0 && status != ROUSE_ERR_DEADLOCK ? EXIT_FAILURE : EXIT_SUCCESS;
}
