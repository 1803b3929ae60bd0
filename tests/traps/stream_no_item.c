// The item of a stream is read although the stream was not asked for one.
// trap: rouse: bug: ROUSE_ITEM_OF a stream that has no item now
// trap: in rouse_range (runtime/src/stream/sources.c
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_range numbers;
    int64_t sum;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->numbers, rouse_range(0, 3));
    self->sum = ROUSE_ITEM_OF(int64_t, self->numbers);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
