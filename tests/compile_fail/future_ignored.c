// A lazy future that is made and never used never runs.
// gcc: unused-value
// clang: unused-result
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
#else
    rouse_sleep(1);
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
