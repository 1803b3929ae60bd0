/* set_by_hand.h: a set polled without an executor. */
#ifndef ROUSE_TEST_SET_BY_HAND_H
#define ROUSE_TEST_SET_BY_HAND_H

#include "counted.h"

/* One future per wait. */
struct waiter {
    struct rouse_set_next next;
    struct mock_task task;
};

static inline struct rouse_polled poll_set(struct waiter *waiter, struct rouse_set *set)
{
    if (!waiter->next.future.type || rouse_is_done(&waiter->next.future)) {
        waiter->next = rouse_set_next(set);
        waiter->task = mock_task(&waiter->next.future);
        waiter->task.runtime = &rt;
    }
    return mock_poll(&waiter->task);
}

#endif
