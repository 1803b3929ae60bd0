// A body is left with RETURN, DONE or FAIL: `return 0` would skip FINALLY.
// gcc: incompatible types when returning
// clang: returning 'int' from a function with incompatible result type
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_DONE;
#else
    return 0;
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
