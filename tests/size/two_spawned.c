/* The same two tasks on the heap. */
#include <rouse/rouse.h>

struct app {
    struct rouse_future future;
    struct rouse_task *tasks[2];
    struct rouse_task_join join;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->tasks[0] = ROUSE_SPAWN(rouse_sleep(ROUSE_MS));
    self->tasks[1] = ROUSE_SPAWN(rouse_ready(ROUSE_OK));
    ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[0]));
    ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[1]));
    ROUSE_FINALLY;
    rouse_task_detach(self->tasks[0]);
    rouse_task_detach(self->tasks[1]);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
