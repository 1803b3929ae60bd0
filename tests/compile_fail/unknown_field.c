// ROUSE_FUTURE names the fields of the struct it makes.
// gcc: has no member named .count
// clang: 'count' does not refer to any field
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    int n;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_END;
}

struct job job(void)
{
#ifdef FIXED
    return ROUSE_FUTURE(job, .n = 3);
#else
    return ROUSE_FUTURE(job, .count = 3);
#endif
}
