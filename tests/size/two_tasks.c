/* The least program: two tasks in the caller's memory, one of which sleeps 1 ms. */
#include <rouse/rouse.h>

struct app {
    struct rouse_future future;
    ROUSE_TASK(rouse_sleep) sleeper;
    ROUSE_TASK(rouse_ready) other;
    struct rouse_task *tasks[2];
    struct rouse_task_join join;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->tasks[0] = rouse_spawn_in(cx->runtime, &self->sleeper, rouse_sleep(ROUSE_MS));
    self->tasks[1] = rouse_spawn_in(cx->runtime, &self->other, rouse_ready(ROUSE_OK));
    ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[0]));
    ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[1]));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
