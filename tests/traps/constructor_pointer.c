// A constructor keeps a pointer into the future that it returns. A made future moves before its
// first poll; the hostile build makes sure of it, and scribbles over where it was.
// needs: hostile
// trap: the pointer leads to what is no longer there
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

struct count {
    struct rouse_future future;
    int n, *here;
};

ROUSE_ASYNC(count)
{
    ROUSE_BEGIN;
    if (*(volatile int *)self->here != self->n) {
        fputs("the pointer leads to what is no longer there\n", stderr);
        abort();
    }
    ROUSE_END;
}

static struct count count(void)
{
    struct count made = ROUSE_FUTURE(count, .n = 123456789);
    made.here = &made.n;
    return made;
}

struct app {
    struct rouse_future future;
    struct count count;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->count, count());
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
