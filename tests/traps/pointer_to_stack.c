// A pointer to a local of the body is handed to a child that waits: by then the stack is another's.
// needs: hostile
// trap: the pointer leads to what is no longer there
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

struct show {
    struct rouse_future future;
    const int *n;
};

ROUSE_ASYNC(show)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    if (*(volatile const int *)self->n != 123456789) {
        fputs("the pointer leads to what is no longer there\n", stderr);
        abort();
    }
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct show show;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    int n = 123456789;
    ROUSE_AWAIT(self->show, ROUSE_FUTURE(show, .n = &n));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
