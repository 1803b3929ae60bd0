// What should make a future of each item makes none.
// trap: rouse: bug: awaited an empty slot: ROUSE_PUT a future there first
// trap: in rouse_for_each_concurrent (runtime/src/stream/concurrent.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_range numbers;
    struct rouse_sleep slots[2];
    struct rouse_for_each_concurrent each;
};

static void forget(void *data, const void *item, void *out)
{
    (void)data, (void)item, (void)out;
}

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->numbers, rouse_range(0, 3));
    ROUSE_AWAIT(self->each, rouse_for_each_concurrent(&self->numbers.future, forget, NULL,
                                                      ROUSE_ARRAY(self->slots)));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
