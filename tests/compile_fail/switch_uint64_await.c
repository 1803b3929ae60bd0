// The same over 64 bits: the labels fit, so no compiler sees it.
// gcc: none (the label fits; traps/await_in_switch.c is what every build sees)
// clang: none (the label fits)
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    uint64_t kind;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    if (self->kind == 1)
        ROUSE_AWAIT(self->nap, rouse_sleep(1));
#else
    switch (self->kind) {
    case 1:
        ROUSE_AWAIT(self->nap, rouse_sleep(1));
    }
#endif
    ROUSE_END;
}

struct job job(uint64_t kind)
{
    return ROUSE_FUTURE(job, .kind = kind);
}
