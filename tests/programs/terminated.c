/* SIGTERM cancels the program: FINALLY runs, tasks left over are dropped, the exit code is 143. */
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
    raise(SIGTERM);
    ROUSE_AWAIT(self->nap, rouse_sleep(3600 * ROUSE_S));
    printf("never\n");
    ROUSE_FINALLY;
    printf("cleaned up, status %d\n", (int)self->future.status);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))

// expect: cleaned up, status -1
// exit: 143
// stderr: rouse: ROUSE_ERR_CANCELLED: cancelled by this side
// needs: native
