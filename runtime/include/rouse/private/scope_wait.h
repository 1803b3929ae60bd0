/* scope_wait.h: what the futures of rouse/scope.h wait with. */
#ifndef ROUSE_PRIVATE_SCOPE_WAIT_H
#define ROUSE_PRIVATE_SCOPE_WAIT_H

#include "../task.h"

#ifdef __cplusplus
extern "C" {
#endif

struct rouse_scope;
struct rouse_i_scope_wait {
    struct rouse_i_node node;
    struct rouse_waker waker;
    struct rouse_scope *scope;
    size_t below; /* woken when fewer children than this are left */
};

/* Waits until every other task has ended, one after the other. */
struct rouse_i_drain {
    struct rouse_future future;
    struct rouse_task *task;
    struct rouse_task_join join;
};

#ifdef __cplusplus
}
#endif
#endif
