// %n in a message: a formatter without it would take the argument for another.
// gcc: a message takes no %n and no wide text
// clang: a message takes no %n and no wide text
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    int n;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "so far %d", self->n);
#else
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "so far%n", &self->n);
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
