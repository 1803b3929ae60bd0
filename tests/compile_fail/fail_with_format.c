// The message of ROUSE_FAIL_WITH is checked like a printf.
// gcc: format
// clang: format
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    const char *name;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "no such job: %s", self->name);
#else
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "no such job: %d", self->name);
#endif
    ROUSE_END;
}

struct job job(const char *name)
{
    return ROUSE_FUTURE(job, .name = name);
}
