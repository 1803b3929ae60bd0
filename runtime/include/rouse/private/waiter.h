/* waiter.h: a place in a line, and who holds a lock. */
#ifndef ROUSE_PRIVATE_WAITER_H
#define ROUSE_PRIVATE_WAITER_H

#include "../task.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A place in a line: see waiters.h in runtime/src/sync. */
struct rouse_i_waiter {
    struct rouse_i_node node;
    struct rouse_waker waker;
    uint32_t state;
    uint32_t wants; /* permits, where there are any */
};
#if ROUSE_KNOWS
/* The task that has a lock, and the frame and line that took it. */
struct rouse_i_holder {
    const struct rouse_task *task; /* NULL: nobody, several, or not known */
    const struct rouse_type *type;
    uint32_t id, line; /* of the task, which may have ended; of the frame */
};
#endif

#ifdef __cplusplus
}
#endif
#endif
