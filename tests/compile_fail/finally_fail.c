// Nor fail.
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
    ROUSE_FAIL(ROUSE_ERR_INVALID);
    ROUSE_FINALLY;
#else
    ROUSE_FINALLY;
    ROUSE_FAIL(ROUSE_ERR_INVALID);
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
