/* set_by_hand.h: a runtime whose memory is counted, and a set polled without an executor. */
#ifndef ROUSE_TEST_SET_BY_HAND_H
#define ROUSE_TEST_SET_BY_HAND_H

#include "test.h"

/* One future per wait. */
struct waiter {
    struct rouse_set_next next;
    struct mock_task task;
};
static struct rouse_runtime runtime;
static struct test_memory memory;

static inline void open_runtime(void)
{
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    EXPECT_EQ(rouse_runtime_init(&runtime, &options), ROUSE_OK);
}
static inline void close_runtime(void)
{
    rouse_runtime_drop(&runtime);
    EXPECT_EQ(memory.live_blocks, 0);
}
static inline struct rouse_polled poll_set(struct waiter *waiter, struct rouse_set *set)
{
    if (!waiter->next.future.type || rouse_is_done(&waiter->next.future)) {
        waiter->next = rouse_set_next(set);
        waiter->task = mock_task(&waiter->next.future);
        waiter->task.runtime = &runtime;
    }
    return mock_poll(&waiter->task);
}

#endif
