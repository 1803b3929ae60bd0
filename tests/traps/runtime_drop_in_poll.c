// A poll ends the runtime that runs it.
// trap: rouse: bug: rouse_runtime_drop inside a poll
// trap: in job (tests/traps/runtime_drop_in_poll.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    rouse_runtime_drop(rouse_runtime_of(cx));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
