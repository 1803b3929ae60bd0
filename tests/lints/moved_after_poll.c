/* moved-after-poll: checked builds trap as well. Before its first poll a future may be moved. */
#include "lint_main.h"
// needs: checked

struct demo {
    struct rouse_future future;
    struct rouse_yield made, moved;
    struct rouse_poll_once once;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    self->made = rouse_yield();
    self->moved = self->made; /* right */
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->moved.future));
    self->made = self->moved; /* wrong */
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->made.future));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
// expect: moved-after-poll rouse_yield
// trap: moved after its first poll
