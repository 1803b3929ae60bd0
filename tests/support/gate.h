/* gate.h: a leaf that a test opens by hand, and that counts what is done to it. */
#ifndef ROUSE_TEST_GATE_H
#define ROUSE_TEST_GATE_H

#include "test.h"

struct gate {
    struct rouse_future future;
    int out; /* for a test to tell it by */
    struct rouse_waker waker;
    bool open;
    rouse_status result;
};

enum { GATES_MOST = 128 };
/* Kept by address and elsewhere: hostile builds overwrite a future that is dropped. */
struct gate_counts {
    const struct gate *gate;
    unsigned polls, drops;
};
static struct gate_counts all_gates[GATES_MOST];

static inline struct gate_counts *gate_counts(const struct gate *gate)
{
    struct gate_counts *counts = all_gates;
    while (counts->gate && counts->gate != gate)
        EXPECT(++counts < all_gates + GATES_MOST);
    counts->gate = gate;
    return counts;
}
static inline unsigned gate_polls(const struct gate *gate)
{
    return gate_counts(gate)->polls;
}
static inline unsigned gate_drops(const struct gate *gate)
{
    return gate_counts(gate)->drops;
}

static inline unsigned gates_dropped(void)
{
    unsigned drops = 0;
    for (int i = 0; i < GATES_MOST; i++)
        drops += all_gates[i].drops;
    return drops;
}

static struct rouse_polled gate_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct gate *self = (struct gate *)(void *)f;
    gate_counts(self)->polls++;
    if (self->open) {
        rouse_waker_drop(&self->waker);
        return ROUSE_READY(self->result);
    }
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}

static void gate_drop(struct rouse_future *f)
{
    struct gate *self = (struct gate *)(void *)f;
    gate_counts(self)->drops++;
    rouse_waker_drop(&self->waker);
}

static const struct rouse_type gate_type = {"gate", __FILE__, sizeof(struct gate), gate_poll,
                                            gate_drop};

static inline struct gate gate(void)
{
    return ROUSE_FUTURE(gate);
}

/* The next poll is the last; whoever waits is woken. */
static inline void gate_open(struct gate *gate, rouse_status result)
{
    gate->open = true;
    gate->result = result;
    rouse_waker_wake(&gate->waker);
}

/* As if something had happened, but not enough. */
static inline void gate_knock(struct gate *gate)
{
    rouse_waker_wake(&gate->waker);
}

#endif
