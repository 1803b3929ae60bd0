// A slot holds futures of one type.
// gcc: incompatible types
// clang: incompatible type
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_yield turn;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
#else
    ROUSE_AWAIT(self->turn, rouse_sleep(1));
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
