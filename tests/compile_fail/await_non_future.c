// Only futures can be awaited.
// gcc: has no member named .future
// clang: no member named 'future'
#include <rouse/rouse.h>

struct point {
    int x, y;
};
struct job {
    struct rouse_future future;
    struct point point;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_AWAIT(self->nap);
#else
    ROUSE_AWAIT(self->point);
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
