/* history.h: a run of random operations that can be repeated. The seed is printed at the start and
   with every failure: tests model.channel --seed S --ops N. */
#ifndef HISTORY_H
#define HISTORY_H

#include "test.h"

#include <inttypes.h>

enum { NONE = -1 };

static struct {
    uint64_t seed, random, ops, op;
} history;

static inline unsigned below(size_t n)
{
    history.random ^= history.random << 13;
    history.random ^= history.random >> 7;
    history.random ^= history.random << 17;
    return (unsigned)((history.random >> 11) % n);
}

/* An index of `n`. */
static inline int pick(int n)
{
    return (int)below((size_t)n);
}

/* The same draws again from here. */
static inline void history_begin(void)
{
    history.random = history.seed * UINT64_C(0x9e3779b97f4a7c15) | 1;
}

static inline void history_arguments(void)
{
    history.seed = test_option("--seed", 1);
    history.ops = test_option("--ops", 20000);
    printf("--seed %" PRIu64 " --ops %" PRIu64 "\n", history.seed, history.ops);
    fflush(stdout);
    history_begin();
}

/* Ends the program with the line, the operation and how to repeat it. */
#define DISAGREE(...)                                                                         \
    do {                                                                                      \
        fprintf(stderr, "%s:%d: operation %" PRIu64 ": ", __FILE__, __LINE__, history.op);    \
        fprintf(stderr, __VA_ARGS__);                                                         \
        fprintf(stderr, "; repeat with --seed %" PRIu64 " --ops %" PRIu64 "\n", history.seed, \
                history.ops);                                                                 \
        exit(EXIT_FAILURE);                                                                   \
    } while (0)

#define CHECK(right, what)        \
    do {                          \
        if (!(right))             \
            DISAGREE("%s", what); \
    } while (0)

#endif
