// A future polls itself, while its own body is on the C stack.
// trap: rouse: bug: polled while it is being polled
// trap: in job (tests/traps/poll_reentrant.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_polled polled;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    self->polled = rouse_poll(&self->future, cx);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
