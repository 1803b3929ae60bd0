// A task that would not stop is named, with the line it waits at, and ended.
// needs: malloc
// exit: 0
// stderr: rouse: task stubborn would not stop:
// stderr: in rouse_sleep (runtime/src/core/time.c
// stderr: awaited by stubborn (tests/traps/shutdown_left.c:16)
#include <rouse/rouse.h>

struct stubborn {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(stubborn)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(3600 * ROUSE_S));
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct rouse_runtime_shutdown shutdown;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(stubborn)));
    ROUSE_AWAIT(self->shutdown, rouse_runtime_shutdown(ROUSE_MS, NULL, NULL));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
