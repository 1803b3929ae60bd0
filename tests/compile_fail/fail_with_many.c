// A message with more than 15 values.
// gcc: a message takes at most 15 values
// clang: a message takes at most 15 values
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
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d", 1, 2, 3, 4, 5, 6, 7, 8, 9,
                    10, 11, 12, 13, 14, 15);
#else
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%g", 1, 2, 3, 4, 5, 6, 7, 8,
                    9, 10, 11, 12, 13, 14, 15, 16.5);
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
