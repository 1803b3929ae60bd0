// A local is read after an await. Often it still has its value, by luck; the hostile build takes
// the luck away.
// needs: hostile
// trap: the local is lost
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

struct job {
    struct rouse_future future;
    struct rouse_yield turn;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    volatile int n = 123456789;
    ROUSE_AWAIT(self->turn, rouse_yield());
    if (n != 123456789) {
        fputs("the local is lost\n", stderr);
        abort();
    }
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
