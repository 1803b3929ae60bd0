// The one command of README: no flag names a warning, and yet a lost local is one.
// gcc: jump-misses-init
// clang: conditional-uninitialized
// plain: -I
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
    self->n = 3;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
#else
    int n = 3;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
    self->n = n;
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
