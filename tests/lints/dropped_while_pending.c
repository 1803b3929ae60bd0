/* dropped-while-pending: the program ends before a task has. One that was aborted may go. */
#include "lint_main.h"

struct works {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(works)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_S));
    ROUSE_END;
}

struct demo {
    struct rouse_future future;
    struct rouse_task *right;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(works)));
    self->right = ROUSE_SPAWN(ROUSE_FUTURE(works));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_FINALLY;
    rouse_task_abort(self->right);
    rouse_task_detach(self->right);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
// expect: dropped-while-pending rouse_sleep
// expect: in the trace: dropped-while-pending
