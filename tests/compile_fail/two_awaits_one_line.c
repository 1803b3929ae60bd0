// Two awaits on one line: the saved state is a line number, so one line is one await.
// gcc: duplicate label .rouse_one_await_per_line_
// clang: redefinition of label .rouse_one_await_per_line_
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
