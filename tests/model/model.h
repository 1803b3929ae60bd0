/* model.h: random operations on a primitive and on a simple model of it, compared at every step.

   A program says what its operations are; the harness draws them. Slots are futures in the hands of
   a mock task each; what their wakers were told is compared, too. */
#ifndef MODEL_H
#define MODEL_H

#include "history.h"

enum { SLOTS = 12 };

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
    struct slot slots[SLOTS];
    struct line line, receivers; /* who waits, in order */
};

static struct model model;

#define AGREE(got, expected)                                                    \
    do {                                                                        \
        long long got_ = (long long)(got), expected_ = (long long)(expected);   \
        if (got_ != expected_)                                                  \
            DISAGREE("%s is %lld, the model says %lld", #got, got_, expected_); \
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

/* Runs `ops` operations; every so often `reset` begins with a new primitive, and drops all slots.
 */
static inline void model_run(const char *name, void (*reset)(void), void (*step)(void))
{
    memset(&model, 0, sizeof model);
    history_begin();
    for (history.op = 0; history.op < history.ops; history.op++) {
        if (history.op % 500 == 0) {
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
    printf("%s: %" PRIu64 " operations\n", name, history.ops);
}

#endif
