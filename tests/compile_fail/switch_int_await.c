// An await inside a nested `switch`: its label belongs to that switch, so a resume finds nothing.
// The labels are 64 bits wide, which an `int` cannot hold: a warning that is on by default.
// gcc: overflow|exceeds maximum value
// clang: switch
// bare
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    int kind;
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

struct job job(int kind)
{
    return ROUSE_FUTURE(job, .kind = kind);
}
