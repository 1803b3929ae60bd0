/* A shared library that runs futures inside. */
#include <rouse/rouse.h>
#include <stdio.h>

struct job {
    struct rouse_future future;
    struct rouse_task *task;
    struct rouse_task_join join;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    self->task = ROUSE_SPAWN(rouse_sleep(ROUSE_MS));
    ROUSE_AWAIT(self->join, rouse_task_join(self->task));
    printf("rouse %s\n", ROUSE_VERSION);
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

__attribute__((visibility("default"))) int plugin_run(void);
int plugin_run(void)
{
    struct rouse_runtime rt;
    struct job job = ROUSE_FUTURE(job);
    rouse_status status = rouse_runtime_init(&rt, NULL);
    if (status == ROUSE_OK)
        status = rouse_block_on(&rt, &job.future);
    rouse_runtime_drop(&rt);
    return status;
}
