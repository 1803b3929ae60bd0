// A failure needs a status that is one: 0 would look like success to whoever awaits.
// trap: rouse: bug: ROUSE_FAIL with a status that is not an error
// trap: in job (tests/traps/fail_with_success.c:13)
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_FAIL(ROUSE_OK);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
