// A pointer to the future is a pointer to its struct, so the future comes first.
// gcc: .future. must be the first member of job
// clang: .future. must be the first member of job
#include <rouse/rouse.h>

struct job {
#ifdef FIXED
    struct rouse_future future;
    int n;
#else
    int n;
    struct rouse_future future;
#endif
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
