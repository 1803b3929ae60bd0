/* Timers of one deadline in the order they were armed, one that is cancelled, and ticks. */
#include <rouse/rouse.h>

struct timers {
    struct rouse_future future;
    struct rouse_sleep a, b, c;
    struct rouse_join all;
    struct rouse_interval ticks;
    int count;
};
ROUSE_ASYNC(timers)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, rouse_sleep(2 * ROUSE_MS));
    ROUSE_PUT(self->b, rouse_sleep(2 * ROUSE_MS));
    ROUSE_PUT(self->c, rouse_sleep(ROUSE_MS));
    ROUSE_PUT(self->all, rouse_join(ROUSE_LIST(&self->a.future, &self->b.future, &self->c.future)));
    ROUSE_AWAIT(self->all);
    ROUSE_EACH(self->ticks, rouse_interval(ROUSE_MS, ROUSE_SKIP)) {
        if (++self->count == 3)
            break;
    }
    ROUSE_AWAIT(self->a, rouse_sleep(0));
    ROUSE_FINALLY;
    rouse_drop(&self->ticks.future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(timers))
