/* A poll that never ends, behind loops that do. */
#include <rouse/rouse.h>
#include <stdio.h>

struct app {
    struct rouse_future future;
    struct rouse_sleep nap;
};

static unsigned volatile count;

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    printf("before\n");
    ROUSE_AWAIT(self->nap, rouse_sleep(5 * ROUSE_MS));
    for (unsigned i = 0; i < 100; i++)
        for (unsigned j = 0; j < 100; j++) {
            if (j > i)
                break;
            count++;
        }
    printf("counted %u\n", count);
    for (;;)
        count++;
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
