/* task_handle.c: what the owner of a handle can do with the task: abort, detach, name it. */
#include "executor.h"
#include "../trace/trace_events.h"

void rouse_task_abort_with(struct rouse_task *task, rouse_status why)
{
    if (!task || task->state & (TASK_DONE | TASK_ABORTED))
        return;
    task->state |= TASK_ABORTED;
    if (why >= 0)
        why = ROUSE_ERR_CANCELLED;
    if (task->state & TASK_RUNNING)
        task->runtime->abort_status = why;
    else
        rouse_i_task_cancel(task->runtime, task, why);
}

void rouse_task_abort(struct rouse_task *task)
{
    rouse_task_abort_with(task, ROUSE_ERR_CANCELLED);
}

void rouse_task_detach(struct rouse_task *task)
{
    if (!task || !(task->state & TASK_HELD))
        return;
    ROUSE_EVENT_OF(task, TASK_DETACH, 0, 0, 0);
    task->state &= ~(uint32_t)TASK_HELD;
    rouse_i_task_release(task);
}

bool rouse_task_is_finished(const struct rouse_task *task)
{
    return rouse_i_task_is_done(task);
}

void rouse_task_set_name(struct rouse_task *task, const char *name)
{
    struct rouse_i_cold *cold = task ? rouse_i_task_cold(task) : NULL;
    if (cold)
        cold->name = name;
}

const char *rouse_task_name(const struct rouse_task *task)
{
    if (!task)
        return "(no task)";
    if (task->cold && task->cold->name)
        return task->cold->name;
    return ((const struct rouse_future *)(const void *)(task + 1))->type->name;
}
