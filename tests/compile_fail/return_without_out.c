// ROUSE_RETURN sets `out`, which this struct does not have.
// gcc: has no member named .out
// clang: no member named 'out'
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
#ifdef FIXED
    int out;
#endif
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_RETURN(3);
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
