// A future is moved after its first poll: what points into it points to the old place.
// needs: checked
// trap: rouse: bug: moved after its first poll: it was polled at 0x
// trap: and is now at 0x
// trap: in rouse_pending (runtime/src/core/future.c
// trap: awaited by mover (tests/traps/await_moved.c:22)
// trap: awaited by app (tests/traps/await_moved.c:34)
#include <rouse/rouse.h>

struct mover {
    struct rouse_future future;
    struct rouse_pending here, there;
    struct rouse_poll_once once;
};

ROUSE_ASYNC(mover)
{
    ROUSE_BEGIN;
    self->here = rouse_pending();
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->here.future));
    self->there = self->here;
    ROUSE_AWAIT(self->there);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct mover mover;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->mover, ROUSE_FUTURE(mover));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
