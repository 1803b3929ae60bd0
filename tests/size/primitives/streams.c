#include "use.h"

struct count {
    struct rouse_future future;
    int i;
    int out;
};
ROUSE_STREAM(count)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 3; self->i++)
        ROUSE_EMIT(self->i);
    ROUSE_END;
}
#define COUNT ROUSE_FUTURE(count)

__attribute__((unused)) static bool is_even(void *data, const void *item)
{
    (void)data;
    return *(const int *)item % 2 == 0;
}
__attribute__((unused)) static void square(void *data, const void *item, void *out)
{
    (void)data;
    *(int *)out = *(const int *)item * *(const int *)item;
}
__attribute__((unused)) static void other_of(void *data, const void *item, void *slot)
{
    (void)data, (void)item;
    *(struct other *)slot = OTHER;
}

#if defined USE_generator
USE(struct count count; int sum;)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->count, COUNT)
        self->sum += self->count.out;
    ROUSE_END;
}
#elif defined USE_map
USE(struct count count; struct rouse_map map; int n, sum;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, COUNT);
    ROUSE_EACH(self->map, rouse_map(&self->count.future, square, NULL, &self->n))
        self->sum += self->n;
    ROUSE_END;
}
#elif defined USE_filter
USE(struct count count; struct rouse_filter filter; int sum;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, COUNT);
    ROUSE_EACH(self->filter, rouse_filter(&self->count.future, is_even, NULL))
        self->sum++;
    ROUSE_END;
}
#elif defined USE_merge
USE(struct count a, b; struct rouse_merge merge; int sum;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, COUNT);
    ROUSE_PUT(self->b, COUNT);
    ROUSE_EACH(self->merge, rouse_merge(ROUSE_LIST(&self->a.future, &self->b.future)))
        self->sum++;
    ROUSE_END;
}
#elif defined USE_chunks
USE(struct count count; struct rouse_chunks chunks; int items[2]; int sum;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, COUNT);
    ROUSE_EACH(self->chunks, rouse_chunks(&self->count.future, ROUSE_ARRAY(self->items)))
        self->sum++;
    ROUSE_END;
}
#elif defined USE_collect
USE(struct count count; struct rouse_collect collect; int items[4];)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, COUNT);
    ROUSE_AWAIT(self->collect, rouse_collect(&self->count.future, ROUSE_ARRAY(self->items)));
    ROUSE_END;
}
#elif defined USE_throttle
USE(struct count count; struct rouse_throttle slow; int sum;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, COUNT);
    ROUSE_EACH(self->slow, rouse_throttle(&self->count.future, ROUSE_MS))
        self->sum++;
    ROUSE_END;
}
#elif defined USE_buffer_ordered
USE(struct count count; struct other slots[2]; struct rouse_buffer_ordered some; int sum;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, COUNT);
    ROUSE_EACH(self->some,
               rouse_buffer_ordered(&self->count.future, other_of, NULL, ROUSE_ARRAY(self->slots)))
        self->sum++;
    ROUSE_END;
}
#elif defined USE_for_each_concurrent
USE(struct count count; struct other slots[2]; struct rouse_for_each_concurrent all;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, COUNT);
    ROUSE_AWAIT(self->all, rouse_for_each_concurrent(&self->count.future, other_of, NULL,
                                                     ROUSE_ARRAY(self->slots)));
    ROUSE_END;
}
#endif

USE_MAIN
