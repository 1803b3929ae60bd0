/* bench.h: repetition, timing and output, as in the peers: one line `name\tN\tns` per benchmark,
   the best repetition divided by N. The first argument keeps only the names that contain it. */
#ifndef BENCH_H
#define BENCH_H

#include <rouse/rouse.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BENCH_REPETITIONS = 7 };
#define BENCH_SEED UINT64_C(88172645463325252) /* the peers draw the same times */

typedef void (*bench_body)(struct rouse_runtime *rt, uint64_t n);

static const char *bench_filter;

static inline void bench_begin(int argc, char **argv)
{
    bench_filter = argc > 1 ? argv[1] : "";
}

static inline bool bench_wanted(const char *name)
{
    return strstr(name, bench_filter) != NULL;
}

static inline double bench_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static inline uint64_t bench_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* A figure is only worth something when the work was done: whatever fails ends the program. */
static inline void bench_check(bool right, const char *what)
{
    if (right)
        return;
    fprintf(stderr, "bench: %s\n", what);
    exit(EXIT_FAILURE);
}

static inline void bench_open(struct rouse_runtime *rt, bool virtual_clock)
{
    struct rouse_options options = {.virtual_clock = virtual_clock};
    bench_check(rouse_runtime_init(rt, &options) == ROUSE_OK, "the runtime does not start");
}

static inline void bench_block_on(struct rouse_runtime *rt, struct rouse_future *f)
{
    bench_check(rouse_block_on(rt, f) == ROUSE_OK, "the future failed");
}

static inline void bench_print(const char *name, uint64_t n, double ns)
{
    printf("%s\t%" PRIu64 "\t%.2f\n", name, n, ns / (double)n);
    fflush(stdout);
}

/* One runtime for all repetitions, as the peers do: what it costs to make one is not counted. */
static inline void bench(const char *name, uint64_t n, bench_body body)
{
    static struct rouse_runtime rt;
    double best = 0;
    if (!bench_wanted(name))
        return;
    bench_open(&rt, false);
    for (int i = 0; i < BENCH_REPETITIONS; i++) {
        double start = bench_now();
        body(&rt, n);
        double ns = bench_now() - start;
        best = i == 0 || ns < best ? ns : best;
    }
    rouse_runtime_drop(&rt);
    bench_print(name, n, best);
}

#endif
