// Polling a future inside its own FINALLY would end it twice.
// trap: rouse: bug: polled inside its own FINALLY
// trap: in job (tests/traps/poll_in_finally.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_context *cx;
};
ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_FAIL(-1001);
    ROUSE_FINALLY;
    if (rouse_poll(&self->future, self->cx).status == 0)
        return ROUSE_READY(0);
    ROUSE_END;
}

int main(void)
{
    struct rouse_context cx = {.waker = rouse_waker_noop()};
    struct job job = ROUSE_FUTURE(job, .cx = &cx);
    return rouse_poll(&job.future, &cx).status;
}
