// A pointer that leads nowhere is awaited: a failed allocation, say.
// trap: rouse: bug: awaited a NULL future
// trap: in job (tests/traps/await_null.c:14)
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_future *other;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT_ON(self->other);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
