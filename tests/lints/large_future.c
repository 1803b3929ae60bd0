/* large-future: a buffer in the frame of a task. */
#include "lint_main.h"

struct wrong {
    struct rouse_future future;
    char buffer[8192];
};
ROUSE_ASYNC(wrong)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_END;
}

struct right {
    struct rouse_future future;
    char *buffer;
};
ROUSE_ASYNC(right)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_END;
}

struct demo {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(demo)
{
    static char buffer[8192];
    ROUSE_BEGIN;
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(wrong)));
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(right, .buffer = buffer)));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
// expect: large-future wrong
// expect: in the trace: large-future
