/* owned_task.c: a task's handle as a future: dropping it aborts the task, or lets it go on. Async
   functions, because a future that was never polled still passes its FINALLY. */
#include <rouse/task.h>

ROUSE_ASYNC(rouse_task_owned)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->join, rouse_task_join(self->task));
    ROUSE_FINALLY;
    rouse_task_abort(self->task);
    rouse_task_detach(self->task);
    ROUSE_END;
}

struct rouse_task_owned rouse_task_owned(struct rouse_task *task)
{
    return ROUSE_FUTURE(rouse_task_owned, .task = task);
}

ROUSE_ASYNC(rouse_shield)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->join, rouse_task_join(self->task));
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

struct rouse_shield rouse_shield(struct rouse_task *task)
{
    return ROUSE_FUTURE(rouse_shield, .task = task);
}
