// A future drops itself, while its own body is on the C stack.
// trap: rouse: bug: dropped while it is being polled
// trap: in job (tests/traps/drop_polled.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    rouse_drop(&self->future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
