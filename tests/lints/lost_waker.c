/* lost-waker: a leaf that is pending and keeps no waker. One that waits for ever on purpose does
   so with rouse_pending. */
#include "lint_main.h"

static struct rouse_polled forget(void *data, struct rouse_context *cx)
{
    (void)data, (void)cx;
    return ROUSE_PENDING;
}

struct demo {
    struct rouse_future future;
    struct rouse_task *wrong, *right;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    self->wrong = ROUSE_SPAWN(rouse_poll_fn(forget, NULL));
    self->right = ROUSE_SPAWN(rouse_pending());
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_FINALLY;
    rouse_task_abort(self->wrong);
    rouse_task_detach(self->wrong);
    rouse_task_abort(self->right);
    rouse_task_detach(self->right);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
// expect: lost-waker rouse_poll_fn
// expect: in the trace: lost-waker
