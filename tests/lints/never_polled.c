/* never-polled: a future that was made and not awaited. One that is dropped was not wanted. */
#include "lint_main.h"

struct demo {
    struct rouse_future future;
    struct rouse_sleep wrong;
    struct rouse_yield right;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    self->wrong = rouse_sleep(ROUSE_MS); /* and goes on without it */
    self->right = rouse_yield();
    rouse_drop(&self->right.future);
    ROUSE_YIELD;
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
// expect: never-polled rouse_sleep
// expect: in the trace: never-polled
