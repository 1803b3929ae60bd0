// The counter of a `for (int i = 0; ...)` lives across an await in the loop's body.
// gcc: jump-misses-init
// clang: -W[a-z-]*uninitialized
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    int i;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    for (self->i = 0; self->i < 3; self->i++)
#else
    for (int i = 0; i < 3; i++)
#endif
        ROUSE_AWAIT(self->nap, rouse_sleep(1));
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
