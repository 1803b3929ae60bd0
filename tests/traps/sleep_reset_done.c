// A timer that fired cannot be set once more.
// trap: rouse: bug: rouse_sleep_reset of a sleep that is done: make a new one
// trap: in rouse_sleep (runtime/src/core/time.c
// trap: awaited by job (tests/traps/sleep_reset_done.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
    rouse_sleep_reset(rouse_runtime_of(cx), &self->nap, ROUSE_S);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
