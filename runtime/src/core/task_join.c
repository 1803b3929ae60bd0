/* task_join.c: awaits a task. Invariant: a pending join holds a reference, because the task may be
   detached and end before the join is polled again. */
#include "executor.h"
#include "../trace/trace_events.h"

static void join_leave(struct rouse_task_join *self)
{
    if (rouse_i_node_is_linked(&self->node))
        rouse_i_node_unlink(&self->node);
    rouse_waker_drop(&self->waker);
    rouse_i_task_release(self->task);
}

static rouse_status join_result(struct rouse_task_join *self, struct rouse_context *cx)
{
    struct rouse_task *task = self->task;
    rouse_status status = rouse_i_task_future(task)->status;
    task->state &= ~(uint32_t)TASK_FAILED;
    /* The chain is gone with the runtime of the task. */
    if (status < 0 && cx->error && task->runtime && task->cold && task->cold->error) {
        *cx->error = *task->cold->error;
        cx->error->carrier_ = &self->future;
    }
    return status;
}

static struct rouse_polled join_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_task_join *self = (struct rouse_task_join *)(void *)f;
    struct rouse_task *task = self->task;
    if (!task)
        return ROUSE_READY(ROUSE_ERR_NO_MEMORY);
    bool waiting = self->entered;
    if (task->state & TASK_DONE) {
        rouse_status status = join_result(self, cx);
        if (waiting)
            join_leave(self);
        return ROUSE_READY(status);
    }
    if (!waiting) {
        if (!rouse_i_task_cold(task))
            return ROUSE_READY(ROUSE_ERR_NO_MEMORY);
        ROUSE_EVENT(TASK_JOIN, rouse_i_task_future(task)->id, 0, 0);
        rouse_i_task_retain(task);
        rouse_i_list_append(&task->cold->joiners, &self->node);
        self->entered = true;
    }
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}

static void join_drop(struct rouse_future *f)
{
    join_leave((struct rouse_task_join *)(void *)f);
}

const struct rouse_type rouse_task_join_type = {
    "rouse_task_join", __FILE__, sizeof(struct rouse_task_join), join_poll, join_drop};

ROUSE_MAKER_FUNCTION_(rouse_task_join, rouse_task_join)(struct rouse_task *task)
{
    return rouse_task_join(task);
}
