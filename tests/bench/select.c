/* select.c: the first of two.

   One operation: select2_drop is a select of a leaf that is pending once and one that is never
   ready, which is dropped. The select is built in place; select2_by_value copies it there.
   select2_timeout is such a leaf under a timeout that does not expire. */
#include "bench.h"

struct selects {
    struct rouse_future future;
    uint64_t left;
    bool by_value;
    struct rouse_yield yield;
    struct rouse_pending never;
    struct rouse_select select;
};
ROUSE_ASYNC(selects)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        ROUSE_PUT(self->yield, rouse_yield());
        ROUSE_PUT(self->never, rouse_pending());
        if (self->by_value)
            ROUSE_AWAIT(
                self->select,
                rouse_select(ROUSE_LIST(&self->yield.future, &self->never.future), ROUSE_IN_ORDER));
        else
            ROUSE_AWAIT_INIT(self->select, rouse_select_init,
                             ROUSE_LIST(&self->yield.future, &self->never.future), ROUSE_IN_ORDER);
    }
    ROUSE_FINALLY;
    rouse_drop(&self->never.future);
    ROUSE_END;
}

static void select2_drop(struct rouse_runtime *rt, uint64_t n)
{
    struct selects selects = ROUSE_FUTURE(selects, .left = n);
    bench_block_on(rt, &selects.future);
}

static void select2_by_value(struct rouse_runtime *rt, uint64_t n)
{
    struct selects selects = ROUSE_FUTURE(selects, .left = n, .by_value = true);
    bench_block_on(rt, &selects.future);
}

struct timeouts {
    struct rouse_future future;
    uint64_t left;
    struct rouse_yield yield;
    struct rouse_timeout limit;
};
ROUSE_ASYNC(timeouts)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        ROUSE_PUT(self->yield, rouse_yield());
        ROUSE_AWAIT(self->limit, rouse_timeout(&self->yield.future, 3600 * ROUSE_S));
    }
    ROUSE_END;
}

static void select2_timeout(struct rouse_runtime *rt, uint64_t n)
{
    struct timeouts timeouts = ROUSE_FUTURE(timeouts, .left = n);
    bench_block_on(rt, &timeouts.future);
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("select2_drop", 1000000, select2_drop);
    bench("select2_by_value", 1000000, select2_by_value);
    bench("select2_timeout", 1000000, select2_timeout);
    return EXIT_SUCCESS;
}
