// An empty slot is polled by hand.
// trap: rouse: bug: polled an empty slot: put a future there
// trap: polled by job (tests/traps/poll_empty.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    struct rouse_polled polled;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    self->polled = rouse_poll(&self->nap.future, cx);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
