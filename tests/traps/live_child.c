// A frame ends while a future in it was polled and is not done: a timer would point to nothing.
// needs: checked
// trap: rouse: bug: child ended while its rouse_sleep is still live: rouse_drop it in FINALLY
// trap: in child (tests/traps/live_child.c
// trap: awaited by app (tests/traps/live_child.c:30)
#include <rouse/rouse.h>

struct child {
    struct rouse_future future;
    struct rouse_sleep nap;
    struct rouse_poll_once once;
};

ROUSE_ASYNC(child)
{
    ROUSE_BEGIN;
    self->nap = rouse_sleep(ROUSE_S);
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->nap.future));
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct child child;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->child, ROUSE_FUTURE(child));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
