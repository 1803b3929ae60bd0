// Two awaits on one line: the saved state is a line number, so one line is one await.
// gcc: duplicate case value
// clang: duplicate case value
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
#else
    // clang-format off
    ROUSE_AWAIT(self->nap, rouse_sleep(1)); ROUSE_AWAIT(self->nap, rouse_sleep(1));
    // clang-format on
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
