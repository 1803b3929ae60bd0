/* Leaves by exit() in the middle of a turn. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

struct leave {
    struct rouse_future future;
    struct rouse_sleep sleep;
};
ROUSE_ASYNC(leave)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->sleep, rouse_sleep(ROUSE_MS));
    printf("no newline");
    exit(5);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(leave))
