// A future is awaited twice. The chain of awaits leads to the line.
// trap: rouse: bug: awaited a future that is done: make a new one
// trap: in twice (tests/traps/await_done.c:16)
// trap: awaited by app (tests/traps/await_done.c:28)
#include <rouse/rouse.h>

struct twice {
    struct rouse_future future;
    struct rouse_ready once;
};

ROUSE_ASYNC(twice)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->once, rouse_ready(ROUSE_OK));
    ROUSE_AWAIT(self->once);
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
