/* budget-exhausted: a loop over what is always ready. */
#include "lint_main.h"

struct wrong {
    struct rouse_future future;
    struct rouse_ready now;
    int i;
};
ROUSE_ASYNC(wrong)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 200; self->i++)
        ROUSE_AWAIT(self->now, rouse_ready(ROUSE_OK));
    ROUSE_END;
}

struct right {
    struct rouse_future future;
    struct rouse_ready now;
    int i;
};
ROUSE_ASYNC(right)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 200; self->i++) {
        ROUSE_AWAIT(self->now, rouse_ready(ROUSE_OK));
        if (self->i % 50 == 0)
            ROUSE_YIELD;
    }
    ROUSE_END;
}

struct demo {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(wrong)));
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(right)));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
// expect: budget-exhausted rouse_ready
// expect: in the trace: budget-exhausted
