// Sixteen million wakers of one task are a leak; the count must not wrap to zero and free the task.
// needs: malloc
// trap: rouse: bug: a task has 16 million wakers: a leak?
// trap: rouse: bug: a task has 16
#include <rouse/rouse.h>

struct leak {
    struct rouse_future future;
};
static struct rouse_waker last;
ROUSE_ASYNC(leak)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    for (;;)
        last = rouse_waker_clone(&cx->waker);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(leak))
