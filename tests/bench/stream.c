/* stream.c: what an item costs.

   One operation: one item that a generator emits.
   stream_each         read by ROUSE_EACH
   stream_next         read by one rouse_next after the other
   stream_map_filter   through a map and a filter that drops half of them, read by rouse_next
   stream_fold         through the same, folded inside one poll after the other
   stream_pending      read by ROUSE_EACH through a map and a filter that drops none; the generator
                       yields before each item: one turn per item */
#include "bench.h"

struct count {
    struct rouse_future future;
    uint64_t left, out;
    bool yields;
};
ROUSE_STREAM(count)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        if (self->yields)
            ROUSE_YIELD;
        ROUSE_EMIT(self->left);
    }
    ROUSE_END;
}

static void twice(void *data, const void *item, void *out)
{
    (void)data;
    *(uint64_t *)out = 2 * *(const uint64_t *)item;
}
static bool every_other(void *data, const void *item)
{
    (void)data;
    return *(const uint64_t *)item % 4 == 0;
}
static bool all(void *data, const void *item)
{
    (void)data, (void)item;
    return true;
}
static void add(void *sum, const void *item)
{
    *(uint64_t *)sum += *(const uint64_t *)item;
}

struct reader {
    struct rouse_future future;
    uint64_t n, sum, doubled;
    bool pipe, by_next, fold, yields;
    struct count numbers;
    struct rouse_map map;
    struct rouse_filter filter;
    struct rouse_next next;
    struct rouse_fold fold_all;
    struct rouse_future *source;
    rouse_status status;
};
ROUSE_ASYNC(reader)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->numbers, ROUSE_FUTURE(count, .left = self->n, .yields = self->yields));
    ROUSE_PUT(self->map, rouse_map(&self->numbers.future, twice, NULL, &self->doubled));
    ROUSE_PUT(self->filter,
              rouse_filter(&self->map.future, self->yields ? all : every_other, NULL));
    self->source = self->pipe ? &self->filter.future : &self->numbers.future;
    if (self->fold) {
        ROUSE_AWAIT(self->fold_all, rouse_fold(self->source, add, &self->sum));
    } else if (self->by_next) {
        for (;;) {
            ROUSE_TRY_AWAIT(self->status, self->next, rouse_next(self->source));
            if (self->status < 0)
                break;
            add(&self->sum, self->next.out);
        }
    } else if (self->pipe) {
        ROUSE_EACH(self->filter, rouse_filter(&self->map.future, all, NULL))
            add(&self->sum, &ROUSE_ITEM_OF(uint64_t, self->filter));
    } else {
        ROUSE_EACH(self->numbers, ROUSE_FUTURE(count, .left = self->n))
            self->sum += self->numbers.out;
    }
    ROUSE_END;
}

static void run(struct rouse_runtime *rt, struct reader reader, uint64_t sum)
{
    bench_block_on(rt, &reader.future);
    bench_check(reader.sum == sum, "not every item came");
}

static uint64_t sum_to(uint64_t n)
{
    return n * (n + 1) / 2;
}

static void stream_each(struct rouse_runtime *rt, uint64_t n)
{
    run(rt, ROUSE_FUTURE(reader, .n = n), sum_to(n));
}
static void stream_next(struct rouse_runtime *rt, uint64_t n)
{
    run(rt, ROUSE_FUTURE(reader, .n = n, .by_next = true), sum_to(n));
}
static void stream_map_filter(struct rouse_runtime *rt, uint64_t n)
{
    run(rt, ROUSE_FUTURE(reader, .n = n, .pipe = true, .by_next = true), 4 * sum_to(n / 2));
}
static void stream_fold(struct rouse_runtime *rt, uint64_t n)
{
    run(rt, ROUSE_FUTURE(reader, .n = n, .pipe = true, .fold = true), 4 * sum_to(n / 2));
}
static void stream_pending(struct rouse_runtime *rt, uint64_t n)
{
    run(rt, ROUSE_FUTURE(reader, .n = n, .pipe = true, .yields = true), 2 * sum_to(n));
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("stream_each", 1000000, stream_each);
    bench("stream_next", 1000000, stream_next);
    bench("stream_map_filter", 1000000, stream_map_filter);
    bench("stream_fold", 1000000, stream_fold);
    bench("stream_pending", 1000000, stream_pending);
    return EXIT_SUCCESS;
}
