/* A root larger than the stack that a program starts with. */
// needs: native
#include <rouse/rouse.h>
#include <stdio.h>

struct app {
    struct rouse_future future;
    struct rouse_sleep nap;
    char buffer[9 << 20];
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->buffer[sizeof self->buffer - 1] = 1;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
    printf("%d\n", self->buffer[sizeof self->buffer - 1]);
    ROUSE_END;
}

static struct app app(void)
{
    return ROUSE_FUTURE(app);
}

ROUSE_MAIN(app())
// expect: 1
