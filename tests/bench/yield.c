/* yield.c: what one turn of the executor costs a task.

   One operation: pending once with its own waker called, then polled again (ROUSE_YIELD).
   yield_1task           one task
   yield_1000tasks       1000 tasks in turn
   yield_1task_nested3   one task, and what yields is three awaits deep */
#include "crew.h"

struct yields {
    struct rouse_future future;
    uint64_t left;
};
ROUSE_ASYNC(yields)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--)
        ROUSE_YIELD;
    ROUSE_END;
}
ROUSE_LAZY static struct yields yields(uint64_t count)
{
    return ROUSE_FUTURE(yields, .left = count);
}

static void yield_1task(struct rouse_runtime *rt, uint64_t n)
{
    struct crew crew = ROUSE_FUTURE(crew);
    crew_add(&crew, rouse_spawn(rt, yields(n)));
    bench_block_on(rt, &crew.future);
}

static void yield_1000tasks(struct rouse_runtime *rt, uint64_t n)
{
    struct crew crew = ROUSE_FUTURE(crew);
    for (int i = 0; i < 1000; i++)
        crew_add(&crew, rouse_spawn(rt, yields(n / 1000)));
    bench_block_on(rt, &crew.future);
}

/* ---- Nested: a wake must not pay for the frames above -------------------------------------- */

struct nest1 {
    struct rouse_future future;
    uint64_t count;
    struct yields child;
};
ROUSE_ASYNC(nest1)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->child, yields(self->count));
    ROUSE_END;
}
ROUSE_LAZY static struct nest1 nest1(uint64_t count)
{
    return ROUSE_FUTURE(nest1, .count = count);
}

struct nest2 {
    struct rouse_future future;
    uint64_t count;
    struct nest1 child;
};
ROUSE_ASYNC(nest2)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->child, nest1(self->count));
    ROUSE_END;
}
ROUSE_LAZY static struct nest2 nest2(uint64_t count)
{
    return ROUSE_FUTURE(nest2, .count = count);
}

struct nest3 {
    struct rouse_future future;
    uint64_t count;
    struct nest2 child;
};
ROUSE_ASYNC(nest3)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->child, nest2(self->count));
    ROUSE_END;
}
ROUSE_LAZY static struct nest3 nest3(uint64_t count)
{
    return ROUSE_FUTURE(nest3, .count = count);
}

static void yield_nested3(struct rouse_runtime *rt, uint64_t n)
{
    struct crew crew = ROUSE_FUTURE(crew);
    crew_add(&crew, rouse_spawn(rt, nest3(n)));
    bench_block_on(rt, &crew.future);
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("yield_1task", 1000000, yield_1task);
    bench("yield_1000tasks", 1000000, yield_1000tasks);
    bench("yield_1task_nested3", 1000000, yield_nested3);
    return EXIT_SUCCESS;
}
