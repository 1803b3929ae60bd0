/* Hello: an async function is a struct and a body. Calling it makes a value; ROUSE_MAIN runs it. */
#include <rouse/rouse.h>
#include <stdio.h>

struct greet {
    struct rouse_future future; /* always first: this struct is a future */
    const char *name;           /* an argument */
    int i;                      /* lives across an await, so it lives here */
    struct rouse_sleep nap;     /* a child, in place: no allocation */
};

ROUSE_ASYNC(greet)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 3; self->i++) {
        printf("hello, %s\n", self->name);
        ROUSE_AWAIT(self->nap, rouse_sleep(10 * ROUSE_MS));
    }
    ROUSE_FINALLY;
    printf("bye, %s\n", self->name);
    ROUSE_END;
}

ROUSE_LAZY static struct greet greet(const char *name)
{
    return ROUSE_FUTURE(greet, .name = name);
}

ROUSE_MAIN(greet("Ann"))

// expect: hello, Ann
// expect: hello, Ann
// expect: hello, Ann
// expect: bye, Ann
