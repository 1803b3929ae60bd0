// The same over an enum.
// gcc: overflow|exceeds maximum value
// clang: switch
// bare
#include <rouse/rouse.h>

enum kind { SHORT_NAP, LONG_NAP };
struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    enum kind kind;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    if (self->kind == LONG_NAP)
        ROUSE_AWAIT(self->nap, rouse_sleep(1));
#else
    switch (self->kind) {
    case SHORT_NAP:
        break;
    case LONG_NAP:
        ROUSE_AWAIT(self->nap, rouse_sleep(1));
    }
#endif
    ROUSE_END;
}

struct job job(enum kind kind)
{
    return ROUSE_FUTURE(job, .kind = kind);
}
