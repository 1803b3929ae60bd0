/* A user's program: sleeps once, then says which rouse it runs on. */
#include <rouse/rouse.h>
#include <stdio.h>

struct program {
    struct rouse_future future;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(program)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    printf("rouse %s\n", ROUSE_VERSION);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(program))
