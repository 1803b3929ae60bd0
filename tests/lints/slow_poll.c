/* slow-poll: a poll that lets all others wait. */
#include "lint_main.h"

struct demo {
    struct rouse_future future;
    int i;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 10; self->i++) { /* right */
        lint_work(2 * ROUSE_MS);
        ROUSE_YIELD;
    }
    for (int i = 0; i < 10; i++) /* wrong */
        lint_work(2 * ROUSE_MS);
    ROUSE_YIELD;
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
// expect: slow-poll demo
// expect: in the trace: slow-poll
