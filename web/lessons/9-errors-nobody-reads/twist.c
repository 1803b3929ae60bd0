#include <rouse/rouse.h>
#include <stdio.h>

struct save {
    struct rouse_future future;
    struct rouse_sleep disk;
};

ROUSE_ASYNC(save)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->disk,
                rouse_sleep(20 * ROUSE_MS));
    printf("save: no room left\n");
    ROUSE_FAIL(ROUSE_ERR_FULL);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct rouse_task *task;
    struct rouse_sleep nap;
    struct rouse_task_join join;
    rouse_status status;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->task =
        ROUSE_SPAWN(ROUSE_FUTURE(save));
    ROUSE_AWAIT(self->nap,
                rouse_sleep(50 * ROUSE_MS));
    /* Asked late, but asked. */
    ROUSE_TRY_AWAIT(
        self->status, self->join,
        rouse_task_join(self->task));
    printf("app: %s\n",
           rouse_status_text(self->status));
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
