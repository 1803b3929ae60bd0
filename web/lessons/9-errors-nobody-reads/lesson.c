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
    //@ twist
    struct rouse_task_join join;
    rouse_status status;
    //@ all
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->task =
        ROUSE_SPAWN(ROUSE_FUTURE(save));
    //@ lesson
    /* Nobody will ask how it ended. */
    rouse_task_detach(self->task);
    //@ all
    ROUSE_AWAIT(self->nap,
                rouse_sleep(50 * ROUSE_MS));
    //@ lesson
    printf("app: all is well\n");
    //@ twist
    /* Asked late, but asked. */
    ROUSE_TRY_AWAIT(
        self->status, self->join,
        rouse_task_join(self->task));
    printf("app: %s\n",
           rouse_status_text(self->status));
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    //@ all
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
