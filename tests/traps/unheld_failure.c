// A task that nobody holds fails: its chain is printed once, and the program goes on.
// needs: malloc
// exit: 0
// stderr: rouse: task job failed: ROUSE_USER: no luck (-1001)
// stderr: in job (tests/traps/unheld_failure.c:14)
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
};
ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_FAIL_WITH(-1001, "no luck");
    ROUSE_END;
}

struct app {
    struct rouse_future future;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(job)));
    ROUSE_YIELD;
    ROUSE_YIELD;
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
