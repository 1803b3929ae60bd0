// FINALLY has no context, so it knows no runtime to spawn on.
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
    rouse_task_detach(ROUSE_SPAWN(rouse_sleep(1)));
    ROUSE_FINALLY;
#else
    ROUSE_FINALLY;
    rouse_task_detach(ROUSE_SPAWN(rouse_sleep(1)));
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
