/* A loop over what is always ready has to let others run. The budget is 16. */
#include <rouse/rouse.h>

struct other {
    struct rouse_future future;
};
ROUSE_ASYNC(other)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_YIELD;
    ROUSE_END;
}

struct greedy {
    struct rouse_future future;
    struct rouse_ready now;
    int i;
};
ROUSE_ASYNC(greedy)
{
    ROUSE_BEGIN;
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(other)));
    for (self->i = 0; self->i < 20; self->i++)
        ROUSE_AWAIT(self->now, rouse_ready(ROUSE_OK));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(greedy))
