/* app.c: one async function. JavaScript calls it: `await app.greet('Ann')`. Everywhere else this is
   a program, which awaits it. */
#include <rouse/rouse.h>

#include <stdio.h>

struct greet {
    struct rouse_future future; /* what begins with this is a future */
    const char *name;           /* what it is called with */
    struct rouse_sleep nap;     /* what it awaits, in place */
    char out[64];               /* what it gives */
};

ROUSE_ASYNC(greet)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(100 * ROUSE_MS)); /* others run meanwhile */
    snprintf(self->out, sizeof self->out, "hello, %s", self->name);
    ROUSE_END;
}
ROUSE_EXPORT(greet, ROUSE_STRING(name), ROUSE_OUT_STRING)

struct program {
    struct rouse_future future;
    struct greet greeting;
};

ROUSE_ASYNC(program)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->greeting, ROUSE_FUTURE(greet, .name = "Ann"));
    puts(self->greeting.out);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(program))
