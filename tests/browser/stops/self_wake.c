/* Every poll does its part and gives way, for ever. */
#include <rouse/rouse.h>
#include <stdio.h>

struct app {
    struct rouse_future future;
    struct rouse_yield yield;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    printf("before\n");
    for (;;)
        ROUSE_AWAIT(self->yield, rouse_yield());
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
