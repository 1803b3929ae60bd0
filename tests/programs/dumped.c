// SIGQUIT prints the tasks, and the program goes on.
// needs: native
// stderr: rouse: SIGQUIT: a poll is running, the dump comes after it
// stderr: rouse: SIGQUIT: the tasks at the beginning of a turn
// stderr: task main,
// stderr: in rouse_sleep (runtime/src/core/time.c)
// stderr: awaited by app (tests/programs/dumped.c:21)
// expect: went on
#include <rouse/rouse.h>
#include <signal.h>
#include <stdio.h>

struct app {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    raise(SIGQUIT);
    ROUSE_AWAIT(self->nap, rouse_sleep(5 * ROUSE_MS));
    printf("went on\n");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
