/* dump.c: how long the program stands still for a report.

   One operation: what a dump says of one parked task. The bar is 200 ms for 100 000 of them.
   dump_text, dump_json   100 000 tasks that sleep, an async function each */
#include "bench.h"
#include <rouse/test.h>

enum { TASKS = 100000 };

struct sleeper {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(sleeper)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_S));
    ROUSE_END;
}

static void count(void *data, const char *text, size_t length)
{
    size_t *total = data;
    (void)text;
    *total += length;
}

static size_t allocations;

static void *allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    (void)data, (void)old_size;
    allocations++;
    if (new_size)
        return realloc(block, new_size);
    free(block);
    return NULL;
}

typedef void (*writer)(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                       void *);

static void bench_dump(const char *name, writer dump)
{
    static struct rouse_runtime rt;
    struct rouse_fake_host host;
    struct rouse_options options = {.host = &host.host, .allocate = allocate};
    double best = 0;
    if (!bench_wanted(name))
        return;
    rouse_fake_host_init(&host);
    bench_check(rouse_runtime_init(&rt, &options) == ROUSE_OK, "the runtime does not start");
    for (int i = 0; i < TASKS; i++)
        rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(sleeper)));
    rouse_turn(&rt);
    size_t before = allocations, total = 0;
    for (int i = 0; i < BENCH_REPETITIONS; i++) {
        double start = bench_now();
        dump(&rt, count, &total);
        double ns = bench_now() - start;
        best = i == 0 || ns < best ? ns : best;
    }
    bench_check(total > TASKS * 100u, "the dump says too little");
    bench_check(allocations == before, "the dump allocates");
    rouse_runtime_drop(&rt);
    bench_print(name, TASKS, best);
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench_dump("dump_text", rouse_dump);
    bench_dump("dump_json", rouse_dump_json);
    return EXIT_SUCCESS;
}
