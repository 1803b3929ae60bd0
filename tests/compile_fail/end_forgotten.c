// A body without ROUSE_END.
// gcc: label 'rouse_body_needs_ROUSE_END_' used but not defined
// clang: undeclared label 'rouse_body_needs_ROUSE_END_'
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    int n;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
#ifdef FIXED
    ROUSE_END;
#endif
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
