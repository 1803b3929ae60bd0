// The address of a local is stored in a child, which outlives this poll. No compiler sees it: gcc's
// -Wdangling-pointer gives up at the calls between the store and the return. The hostile build
// does: traps/pointer_to_stack.c.
// gcc: none (12)
// clang: none (has no such warning)
// flags: -O2
#include <rouse/rouse.h>

struct fill {
    struct rouse_future future;
    int *to;
};
ROUSE_LAZY struct fill fill(int *to);

struct job {
    struct rouse_future future;
    struct fill fill;
    int n, out;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_AWAIT(self->fill, fill(&self->n));
#else
    {
        int n;
        self->fill.to = &n;
    }
    ROUSE_AWAIT(self->fill);
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
