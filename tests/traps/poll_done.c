// A future is polled by hand once more after it was done. Who did it is told by the line that frame
// last resumed at, and by the chain of awaits.
// trap: rouse: bug: polled after it was done
// trap: in rouse_ready (runtime/src/core/future.c
// trap: polled by twice (tests/traps/poll_done.c:19)
// trap: awaited by app (tests/traps/poll_done.c:33)
#include <rouse/rouse.h>

struct twice {
    struct rouse_future future;
    struct rouse_ready once;
    struct rouse_polled polled;
};

ROUSE_ASYNC(twice)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->once, rouse_ready(ROUSE_OK));
    ROUSE_YIELD;
    self->polled = rouse_poll(&self->once.future, cx);
    self->polled = rouse_poll(&self->once.future, cx);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct twice twice;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->twice, ROUSE_FUTURE(twice));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
