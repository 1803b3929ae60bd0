// A future drops itself, while it is cleaning up.
// trap: rouse: bug: dropped inside its own FINALLY
// trap: in job (tests/traps/drop_in_finally.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_FINALLY;
    rouse_drop(&self->future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
