// Nothing is left to wait for: not a trap but a report, which names each task and its line.
// exit: 1
// stderr: rouse: deadlock: nothing is left to wait for, 2 tasks are parked
// stderr: task job, waiting:
// stderr: awaited by job (tests/traps/deadlock.c:18)
// stderr: awaited by app (tests/traps/deadlock.c:36)
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_notify *notify;
    struct rouse_notify_wait wait;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->wait, rouse_notify_wait(self->notify));
    ROUSE_END;
}

static ROUSE_TASK(job) slot;

struct app {
    struct rouse_future future;
    struct rouse_notify notify;
    struct rouse_task *task;
    struct rouse_task_join join;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    rouse_notify_init(&self->notify);
    self->task = rouse_spawn_in(cx->runtime, &slot, ROUSE_FUTURE(job, .notify = &self->notify));
    ROUSE_AWAIT(self->join, rouse_task_join(self->task));
    ROUSE_FINALLY;
    rouse_task_abort(self->task);
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
