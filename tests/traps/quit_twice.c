// A second SIGQUIT during one poll ends a program that is stuck in it.
// needs: native
// trap: rouse: SIGQUIT: a poll is running, the dump comes after it
#include <rouse/rouse.h>
#include <signal.h>

struct app {
    struct rouse_future future;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    for (;;)
        raise(SIGQUIT);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
