// The saved line of a frame is overwritten: there is no such place to go on from.
// trap: rouse: bug: resumed at a line that is no await of it
// trap: in child (tests/traps/unknown_line.c:12345)
// trap: awaited by app (tests/traps/unknown_line.c:30)
#include <rouse/rouse.h>

struct child {
    struct rouse_future future;
};

ROUSE_ASYNC(child)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct child child;
    struct rouse_poll_once once;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->child = ROUSE_FUTURE(child);
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->child.future));
    self->child.future.at = 12345;
    ROUSE_AWAIT(self->child);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
