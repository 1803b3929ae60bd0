/* self-wakes: a leaf that wakes itself to look again. One that yields now and then is fine. */
#include "lint_main.h"

static struct rouse_polled look_again(void *data, struct rouse_context *cx)
{
    int *looks = data;
    if (++*looks == 20)
        return ROUSE_READY(ROUSE_OK);
    rouse_waker_wake_by_ref(&cx->waker);
    return ROUSE_PENDING;
}

struct yields {
    struct rouse_future future;
    int i;
};
ROUSE_ASYNC(yields)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 20; self->i++)
        ROUSE_YIELD;
    ROUSE_END;
}

struct demo {
    struct rouse_future future;
    struct yields right;
    struct rouse_poll_fn wrong;
    int looks;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->right, ROUSE_FUTURE(yields));
    ROUSE_AWAIT(self->wrong, rouse_poll_fn(look_again, &self->looks));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
// expect: self-wakes rouse_poll_fn
// expect: in the trace: self-wakes
