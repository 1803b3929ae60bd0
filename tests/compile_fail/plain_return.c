// A body is left with RETURN, DONE or FAIL: a bare `return` would skip FINALLY.
// gcc: with no value|return-mismatch
// clang: return-type|return-mismatch
// bare
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
    return;
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
