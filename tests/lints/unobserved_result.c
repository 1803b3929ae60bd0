/* unobserved-result: a task fails and nobody has its handle, or gives it up without a look. */
#include "lint_main.h"

struct fails {
    struct rouse_future future;
};
ROUSE_ASYNC(fails)
{
    ROUSE_BEGIN;
    ROUSE_FAIL(ROUSE_ERR_CLOSED);
    ROUSE_END;
}

struct demo {
    struct rouse_future future;
    struct rouse_task *right;
    struct rouse_task_join join;
    rouse_status status;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(fails)));
    self->right = ROUSE_SPAWN(ROUSE_FUTURE(fails));
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_task_join(self->right));
    ROUSE_FINALLY;
    rouse_task_detach(self->right);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
// expect: unobserved-result fails
// expect: in the trace: unobserved-result
