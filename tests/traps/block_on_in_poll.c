// Waiting inside a poll would stop every other task: await instead.
// trap: rouse: bug: rouse_block_on inside a poll: await it instead
// trap: in job (tests/traps/block_on_in_poll.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    self->nap = rouse_sleep(1);
    rouse_block_on(rouse_runtime_of(cx), &self->nap.future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
