/* model.h: random operations on a primitive and on a simple model of it, compared at every step.

   A program says what its operations are; the harness draws them from a seed, which it prints at
   the start and with every failure: --seed S --ops N repeats a run. Slots are futures in the hands
   of a mock task each; what their wakers were told is compared, too. */
#ifndef MODEL_H
#define MODEL_H

#include "test.h"
#include <inttypes.h>

enum { SLOTS = 12, NONE = -1 };

/* What a slot holds: a future that is pending, or nothing. */
struct slot {
    struct mock_task task;
    struct rouse_future *future;
    bool live;
    bool turn; /* the model's view: it would be ready now */
    unsigned woken;
};

struct line {
    int who[SLOTS], length;
};

struct model {
    const char *name;
    uint64_t seed, random, ops, op;
    struct slot slots[SLOTS];
    struct line line, receivers; /* who waits, in order */
};

static struct model model;

static inline uint32_t below(uint32_t n)
{
    model.random ^= model.random << 13;
    model.random ^= model.random >> 7;
    model.random ^= model.random << 17;
    return (uint32_t)(model.random >> 32) % n;
}

#define AGREE(got, expected)                                                                     \
    do {                                                                                         \
        long long got_ = (long long)(got), expected_ = (long long)(expected);                    \
        if (got_ != expected_) {                                                                 \
            fprintf(stderr,                                                                      \
                    "%s:%d: operation %" PRIu64 ": %s is %lld, the model says %lld; repeat "     \
                    "with --seed %" PRIu64 " --ops %" PRIu64 "\n",                               \
                    __FILE__, __LINE__, model.op, #got, got_, expected_, model.seed, model.ops); \
            exit(EXIT_FAILURE);                                                                  \
        }                                                                                        \
    } while (0)

/* ---- Slots -------------------------------------------------------------------------------------
 */

/* A slot with nothing in it, or NONE. */
static inline int free_slot(void)
{
    int first = (int)below(SLOTS);
    for (int i = 0; i < SLOTS; i++)
        if (!model.slots[(first + i) % SLOTS].live)
            return (first + i) % SLOTS;
    return NONE;
}

static inline int live_slot(void)
{
    int first = (int)below(SLOTS);
    for (int i = 0; i < SLOTS; i++)
        if (model.slots[(first + i) % SLOTS].live)
            return (first + i) % SLOTS;
    return NONE;
}

static inline rouse_status poll_slot(int i)
{
    struct slot *slot = &model.slots[i];
    rouse_status status = mock_poll(&slot->task).status;
    slot->live = status == ROUSE_PENDING_;
    return status;
}

/* The future in slot `i` was made: its first poll. */
static inline rouse_status start_slot(int i, struct rouse_future *future)
{
    model.slots[i] = (struct slot){.task = mock_task(future), .future = future};
    return poll_slot(i);
}

static inline void drop_slot(int i)
{
    rouse_drop(model.slots[i].future);
    model.slots[i].live = false;
    AGREE(model.slots[i].task.live, 0);
}

/* ---- The model's lines -------------------------------------------------------------------------
 */

static inline void line_join(struct line *line, int i)
{
    line->who[line->length++] = i;
}

static inline bool line_leave(struct line *line, int i)
{
    for (int at = 0; at < line->length; at++) {
        if (line->who[at] != i)
            continue;
        line->length--;
        memmove(line->who + at, line->who + at + 1,
                (size_t)(line->length - at) * sizeof *line->who);
        return true;
    }
    return false;
}

/* The first in line has its turn, and is woken. */
static inline int line_serve(struct line *line)
{
    int i = line->who[0];
    line_leave(line, i);
    model.slots[i].turn = true;
    model.slots[i].woken++;
    return i;
}

static inline void line_wake_all(struct line *line)
{
    while (line->length > 0)
        line_serve(line);
}

/* ---- The run -----------------------------------------------------------------------------------
 */

static inline void model_begin(const char *name)
{
    uint64_t seed = model.seed, ops = model.ops;
    model = (struct model){.name = name, .seed = seed, .ops = ops, .random = seed};
    for (int i = 0; i < 8; i++)
        below(1);
}

/* Runs `ops` operations; every so often `reset` begins with a new primitive, and drops all slots.
 */
static inline void model_run(const char *name, void (*reset)(void), void (*step)(void))
{
    model_begin(name);
    for (model.op = 0; model.op < model.ops; model.op++) {
        if (model.op % 500 == 0) {
            for (int i = 0; i < SLOTS; i++)
                if (model.slots[i].live)
                    drop_slot(i);
            model.line.length = model.receivers.length = 0;
            reset();
        }
        step();
        for (int i = 0; i < SLOTS; i++)
            if (model.slots[i].live)
                AGREE(model.slots[i].task.woken, model.slots[i].woken);
    }
    for (int i = 0; i < SLOTS; i++)
        if (model.slots[i].live)
            drop_slot(i);
    printf("%s: %" PRIu64 " operations\n", name, model.ops);
}

static inline void model_arguments(int argc, char **argv)
{
    model.seed = 1;
    model.ops = 20000;
    for (int i = 1; i + 1 < argc; i += 2) {
        uint64_t value = strtoull(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "--seed") == 0)
            model.seed = value ? value : 1;
        else if (strcmp(argv[i], "--ops") == 0)
            model.ops = value;
    }
    printf("--seed %" PRIu64 " --ops %" PRIu64 "\n", model.seed, model.ops);
    fflush(stdout);
}

#endif
