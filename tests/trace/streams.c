/* An async generator, read through a filter, and broken off. */
#include <rouse/rouse.h>

struct count {
    struct rouse_future future;
    struct rouse_sleep nap;
    int out;
};
ROUSE_STREAM(count)
{
    ROUSE_BEGIN;
    for (self->out = 0;;) {
        ROUSE_EMIT(self->out + 1);
        ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    }
    ROUSE_END;
}

static bool is_even(void *data, const void *item)
{
    (void)data;
    return *(const int *)item % 2 == 0;
}

struct streams {
    struct rouse_future future;
    struct count numbers;
    struct rouse_filter evens;
};
ROUSE_ASYNC(streams)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->numbers, ROUSE_FUTURE(count));
    ROUSE_EACH(self->evens, rouse_filter(&self->numbers.future, is_even, NULL)) {
        if (ROUSE_ITEM_OF(int, self->evens) >= 4)
            break;
    }
    ROUSE_FINALLY;
    rouse_drop(&self->evens.future);
    rouse_drop(&self->numbers.future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(streams))
