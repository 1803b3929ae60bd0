// A slot is awaited before a future was put there.
// trap: rouse: bug: awaited an empty slot: ROUSE_PUT a future there first
// trap: in job (tests/traps/await_empty.c:14)
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
