// Dropping the copy would unlink nodes that are not its own.
// needs: checked
// trap: rouse: bug: moved after its first poll: it was polled at 0x
// trap: and is now at 0x
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep here, there;
    struct rouse_poll_once once;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    self->here = rouse_sleep(ROUSE_S);
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->here.future));
    self->there = self->here;
    rouse_drop(&self->there.future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
