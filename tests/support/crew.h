/* crew.h: workers that say what happens to them. */
#ifndef ROUSE_TEST_CREW_H
#define ROUSE_TEST_CREW_H

#include "stage.h"

/* Sleeps, then ends with `result`; says what it did when it ends. */
struct worker {
    struct rouse_future future;
    const char *name;
    uint64_t ms;
    rouse_status result;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(worker)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(self->ms * ROUSE_MS));
    if (self->result < 0)
        ROUSE_FAIL_WITH(self->result, "as told");
    test_say("%s", self->name);
    ROUSE_FINALLY;
    if (self->future.status < 0)
        test_say("-%s", self->name);
    ROUSE_END;
}
#define WORKER(...) ROUSE_FUTURE(worker, __VA_ARGS__)

#endif
