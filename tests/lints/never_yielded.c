/* never-yielded: all the work of a task in one poll. */
#include "lint_main.h"

struct wrong {
    struct rouse_future future;
};
ROUSE_ASYNC(wrong)
{
    ROUSE_BEGIN;
    lint_work(20 * ROUSE_MS);
    ROUSE_END;
}

struct right {
    struct rouse_future future;
    int i;
};
ROUSE_ASYNC(right)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 10; self->i++) {
        lint_work(2 * ROUSE_MS);
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
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_S));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
// expect: never-yielded wrong
// expect: in the trace: never-yielded
