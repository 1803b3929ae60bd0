/* spawn.c: what a task costs that is ready at its first poll.

   One operation: spawn a task, give its handle up, poll it once, free it.
   spawn_batch1000   1000 at a time: the memory is warm
   spawn_all         1 000 000 at a time: the memory is not
   spawn_join_one    one at a time, and its handle is awaited */
#include "bench.h"

static uint64_t done;

struct trivial {
    struct rouse_future future;
};
ROUSE_ASYNC(trivial)
{
    ROUSE_BEGIN;
    done++;
    ROUSE_END;
}
ROUSE_LAZY static struct trivial trivial(void)
{
    return ROUSE_FUTURE(trivial);
}

/* ---- Detached ------------------------------------------------------------------------------ */

struct batches {
    struct rouse_future future;
    uint64_t n, batch, spawned;
};
ROUSE_ASYNC(batches)
{
    ROUSE_BEGIN;
    for (self->spawned = 0; self->spawned < self->n; self->spawned += self->batch) {
        done = 0;
        for (uint64_t i = 0; i < self->batch; i++)
            rouse_task_detach(ROUSE_SPAWN(trivial()));
        while (done < self->batch)
            ROUSE_YIELD;
    }
    ROUSE_END;
}

static void spawn_batch1000(struct rouse_runtime *rt, uint64_t n)
{
    struct batches root = ROUSE_FUTURE(batches, .n = n, .batch = 1000);
    bench_block_on(rt, &root.future);
}

static void spawn_all(struct rouse_runtime *rt, uint64_t n)
{
    struct batches root = ROUSE_FUTURE(batches, .n = n, .batch = n);
    bench_block_on(rt, &root.future);
}

/* ---- Awaited ------------------------------------------------------------------------------- */

struct joins {
    struct rouse_future future;
    uint64_t left;
    struct rouse_task *task;
    struct rouse_task_join join;
};
ROUSE_ASYNC(joins)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        self->task = ROUSE_SPAWN(trivial());
        ROUSE_AWAIT(self->join, rouse_task_join(self->task));
        rouse_task_detach(self->task);
    }
    ROUSE_END;
}

static void spawn_join_one(struct rouse_runtime *rt, uint64_t n)
{
    struct joins root = ROUSE_FUTURE(joins, .left = n);
    done = 0;
    bench_block_on(rt, &root.future);
    bench_check(done == n, "not every task ran");
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("spawn_batch1000", 1000000, spawn_batch1000);
    bench("spawn_all", 1000000, spawn_all);
    bench("spawn_join_one", 1000000, spawn_join_one);
    return EXIT_SUCCESS;
}
