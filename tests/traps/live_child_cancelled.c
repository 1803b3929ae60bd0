// The same when the frame is cancelled: the awaited child is dropped by itself, the other is not.
// needs: checked
// trap: rouse: bug: child ended while its rouse_sleep is still live: rouse_drop it in FINALLY
#include <rouse/rouse.h>

struct child {
    struct rouse_future future;
    struct rouse_sleep nap;
    struct rouse_pending never;
    struct rouse_poll_once once;
};

ROUSE_ASYNC(child)
{
    ROUSE_BEGIN;
    self->nap = rouse_sleep(ROUSE_S);
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->nap.future));
    ROUSE_AWAIT(self->never, rouse_pending());
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct child child;
    struct rouse_timeout timeout;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->child = ROUSE_FUTURE(child);
    ROUSE_AWAIT(self->timeout, rouse_timeout(&self->child.future, ROUSE_MS));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
