// Two tasks lock crosswise: the report of the stall names both, the locks and the lines.
// needs: checked
// exit: 1
// stderr: rouse: deadlock: nothing is left to wait for, 3 tasks are parked
// stderr: task anna (#2) waits for a mutex at
// stderr: , held by task ben (#3) since locker (tests/traps/deadlock_locks.c:20)
// stderr: , in locker (tests/traps/deadlock_locks.c:22), spawned at tests/traps/deadlock_locks.c:40
// stderr: task ben (#3) waits for a mutex at
#include <rouse/rouse.h>

struct locker {
    struct rouse_future future;
    struct rouse_mutex *first, *second;
    struct rouse_mutex_lock lock;
};

ROUSE_ASYNC(locker)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(self->first));
    ROUSE_YIELD;
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(self->second));
    ROUSE_END;
}

static ROUSE_TASK(locker) anna, ben;

struct app {
    struct rouse_future future;
    struct rouse_mutex a, b;
    struct rouse_task *tasks[2];
    struct rouse_task_join join;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    rouse_mutex_init(&self->a);
    rouse_mutex_init(&self->b);
    self->tasks[0] = rouse_spawn_in(cx->runtime, &anna, ROUSE_FUTURE(locker, &self->a, &self->b));
    self->tasks[1] = rouse_spawn_in(cx->runtime, &ben, ROUSE_FUTURE(locker, &self->b, &self->a));
    rouse_task_set_name(self->tasks[0], "anna");
    rouse_task_set_name(self->tasks[1], "ben");
    ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[0]));
    ROUSE_FINALLY;
    rouse_task_abort(self->tasks[0]);
    rouse_task_abort(self->tasks[1]);
    rouse_task_detach(self->tasks[0]);
    rouse_task_detach(self->tasks[1]);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
