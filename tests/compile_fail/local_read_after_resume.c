// A local that was set before an await is read after it. It has no initialiser, so nothing jumps
// past one: gcc finds the read itself, and only while optimising.
// gcc: maybe-uninitialized
// clang: -W[a-z-]*uninitialized
// flags: -O2
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    int n, out;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    self->n = self->out + 3;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
    ROUSE_RETURN(self->n);
#else
    int n;
    n = self->out + 3;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
    ROUSE_RETURN(n);
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
