/* Traps after its first wait. */
#include <rouse/rouse.h>
#include <stdio.h>

struct trap {
    struct rouse_future future;
    struct rouse_sleep sleep;
};
ROUSE_ASYNC(trap)
{
    ROUSE_BEGIN;
    printf("before\n");
    ROUSE_AWAIT(self->sleep, rouse_sleep(ROUSE_MS));
    __builtin_trap();
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(trap))
