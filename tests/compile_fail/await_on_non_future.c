// ROUSE_AWAIT_ON takes a pointer to a future, not to the struct around it.
// gcc: incompatible-pointer-types
// clang: incompatible-pointer-types
// bare
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep *nap;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_AWAIT_ON(&self->nap->future);
#else
    ROUSE_AWAIT_ON(self->nap);
#endif
    ROUSE_END;
}

struct job job(struct rouse_sleep *nap)
{
    return ROUSE_FUTURE(job, .nap = nap);
}
