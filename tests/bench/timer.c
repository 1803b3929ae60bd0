/* timer.c: timers, most of which never fire.

   One operation:
   timer_inscancel_one          arm a timer 1 to 11 hours ahead and cancel it
   timer_inscancel_all          the same with 1 000 000 of them live, cancelled in order
   timer_fire_100k, _fire_1m    spawn a task, sleep 0 to 1 s in it, expire it, end it; the clock is
                                virtual, so all of the time is ours */
#include "bench.h"

static uint64_t random_state = BENCH_SEED;

static uint64_t far(void)
{
    return (3600000 + bench_random(&random_state) % 36000000) * ROUSE_MS;
}

/* ---- Cancelled ----------------------------------------------------------------------------- */

struct cancels {
    struct rouse_future future;
    uint64_t n;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(cancels)
{
    ROUSE_BEGIN;
    for (uint64_t i = 0; i < self->n; i++) {
        self->nap = rouse_sleep(far());
        bench_check(rouse_is_pending(rouse_poll(&self->nap.future, cx)), "a timer did not arm");
        rouse_drop(&self->nap.future);
    }
    ROUSE_END;
}

static void timer_inscancel_one(struct rouse_runtime *rt, uint64_t n)
{
    struct cancels root = ROUSE_FUTURE(cancels, .n = n);
    bench_block_on(rt, &root.future);
}

/* A timer lies in its owner's memory, so that memory is there before, as libuv's is. The peers that
   allocate their timers are compared with and without giving memory back in between. */
static struct rouse_sleep *naps;

struct many_cancels {
    struct rouse_future future;
    uint64_t n;
};
ROUSE_ASYNC(many_cancels)
{
    ROUSE_BEGIN;
    for (uint64_t i = 0; i < self->n; i++) {
        naps[i] = rouse_sleep(far());
        bench_check(rouse_is_pending(rouse_poll(&naps[i].future, cx)), "a timer did not arm");
    }
    for (uint64_t i = 0; i < self->n; i++)
        rouse_drop(&naps[i].future);
    ROUSE_END;
}

static void timer_inscancel_all(struct rouse_runtime *rt, uint64_t n)
{
    struct many_cancels root = ROUSE_FUTURE(many_cancels, .n = n);
    bench_block_on(rt, &root.future);
}

/* ---- Expired ------------------------------------------------------------------------------- */

static uint64_t fired;

struct sleeper {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(sleeper)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap);
    fired++;
    ROUSE_END;
}
ROUSE_LAZY static struct sleeper sleeper(uint64_t ns)
{
    return ROUSE_FUTURE(sleeper, .nap = rouse_sleep(ns));
}

struct sleepers {
    struct rouse_future future;
    uint64_t n;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(sleepers)
{
    ROUSE_BEGIN;
    for (uint64_t i = 0; i < self->n; i++)
        rouse_task_detach(ROUSE_SPAWN(sleeper(bench_random(&random_state) % 1000000 * ROUSE_US)));
    while (fired < self->n)
        ROUSE_AWAIT(self->nap, rouse_sleep(100 * ROUSE_MS));
    ROUSE_END;
}

/* A new runtime for each repetition, like tokio's: its virtual time begins anew. */
static void timer_fire(const char *name, uint64_t n)
{
    enum { REPETITIONS = 5 };
    static struct rouse_runtime rt;
    double best = 0;
    if (!bench_wanted(name))
        return;
    for (int i = 0; i < REPETITIONS; i++) {
        random_state = BENCH_SEED;
        fired = 0;
        bench_open(&rt, true);
        struct sleepers root = ROUSE_FUTURE(sleepers, .n = n);
        double start = bench_now();
        bench_block_on(&rt, &root.future);
        double ns = bench_now() - start;
        rouse_runtime_drop(&rt);
        best = i == 0 || ns < best ? ns : best;
    }
    bench_print(name, n, best);
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("timer_inscancel_one", 1000000, timer_inscancel_one);
    naps = calloc(1000000, sizeof *naps);
    bench_check(naps != NULL, "out of memory");
    bench("timer_inscancel_all", 1000000, timer_inscancel_all);
    free(naps);
    timer_fire("timer_fire_100k", 100000);
    timer_fire("timer_fire_1m", 1000000);
    return EXIT_SUCCESS;
}
