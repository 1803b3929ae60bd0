// Wide text in a message.
// gcc: a message takes no %n and no wide text
// clang: a message takes no %n and no wide text
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
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "no such name: %s", "x");
#else
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "no such name: %ls", L"x");
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
