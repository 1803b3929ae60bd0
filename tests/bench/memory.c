/* memory.c: bytes per parked task: bench_memory KIND N, one kind in each process. Natively what is
   resident; in wasm what the linear memory grew by.

   mem_pending   the task's root is rouse_pending(): never ready
   mem_sleep     the task's root is rouse_sleep(): parked on a timer */
#include "bench.h"
#include <unistd.h>

static uint64_t resident(void)
{
#ifdef __wasm__
    return (uint64_t)__builtin_wasm_memory_size(0) * 65536;
#else
    unsigned long long size, pages;
    FILE *file = fopen("/proc/self/statm", "r");
    bench_check(file && fscanf(file, "%llu %llu", &size, &pages) == 2, "no /proc/self/statm");
    fclose(file);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
#endif
}

struct parked {
    struct rouse_future future;
    bool sleeping;
    uint64_t n, before;
};
ROUSE_ASYNC(parked)
{
    ROUSE_BEGIN;
    self->before = resident();
    for (uint64_t i = 0; i < self->n; i++)
        rouse_task_detach(self->sleeping ? ROUSE_SPAWN(rouse_sleep((3600000 + i) * ROUSE_MS))
                                         : ROUSE_SPAWN(rouse_pending()));
    ROUSE_YIELD; /* the first poll of each lies between here ... */
    ROUSE_YIELD; /* ... and here */
    bench_print(self->sleeping ? "mem_sleep" : "mem_pending", self->n,
                (double)(resident() - self->before));
    ROUSE_END;
}

int main(int argc, char **argv)
{
    static struct rouse_runtime rt;
    bool sleeping = argc == 3 && strcmp(argv[1], "mem_sleep") == 0;
    if (argc != 3 || (!sleeping && strcmp(argv[1], "mem_pending") != 0)) {
        fprintf(stderr, "usage: bench_memory mem_pending|mem_sleep N\n");
        return EXIT_FAILURE;
    }
    struct parked root =
        ROUSE_FUTURE(parked, .sleeping = sleeping, .n = strtoull(argv[2], NULL, 10));
    bench_open(&rt, false);
    bench_block_on(&rt, &root.future);
    rouse_runtime_drop(&rt);
    return EXIT_SUCCESS;
}
