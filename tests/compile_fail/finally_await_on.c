// Nor a future behind a pointer.
// gcc: rouse_not_allowed_in_finally_
// clang: rouse_not_allowed_in_finally_
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    int out;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
#ifdef FIXED
    ROUSE_AWAIT_ON(&self->nap.future);
    ROUSE_FINALLY;
#else
    ROUSE_FINALLY;
    ROUSE_AWAIT_ON(&self->nap.future);
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
