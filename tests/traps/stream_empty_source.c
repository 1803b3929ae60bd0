// A stream is merged that nobody put there.
// trap: rouse: bug: awaited an empty slot: ROUSE_PUT a future there first
// trap: in rouse_merge (runtime/src/stream/merged.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_range a, b;
    struct rouse_merge both;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, rouse_range(0, 0));
    ROUSE_AWAIT(self->both, rouse_merge(ROUSE_LIST(&self->a.future, &self->b.future)));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
