#include <rouse/rouse.h>
#include <stdio.h>

struct greet {
    struct rouse_future future;
    const char *name;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(greet)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(10 * ROUSE_MS));
    printf("hello, %s\n", self->name);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(greet, .name = "C"))
