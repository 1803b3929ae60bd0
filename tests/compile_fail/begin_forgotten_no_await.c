// A body without ROUSE_BEGIN that awaits nothing.
// gcc: 'rouse_body_needs_ROUSE_BEGIN_' undeclared
// clang: undeclared identifier 'rouse_body_needs_ROUSE_BEGIN_'
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    int n;
};

ROUSE_ASYNC(job)
{
#ifdef FIXED
    ROUSE_BEGIN;
#endif
    self->n = 1;
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
