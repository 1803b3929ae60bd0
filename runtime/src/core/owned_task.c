/* owned_task.c: a task's handle as a future: its drop aborts the task, or lets it go on. These are
   async functions, because then FINALLY runs even for a future that was never polled. */
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
