#include <rouse/rouse.h>
#include <stdio.h>

static struct bell {
    bool rung;
    struct rouse_waker waiting;
} bell;

/* A leaf: the answer to "are you there yet?" */
static struct rouse_polled
bell_poll(void *data, struct rouse_context *cx)
{
    (void)data;
    printf("rung? %s\n",
           bell.rung ? "yes" : "no");
    if (bell.rung)
        return ROUSE_READY(ROUSE_OK);
    rouse_waker_store(&bell.waiting, cx);
    return ROUSE_PENDING;
}

struct guest {
    struct rouse_future future;
    struct rouse_poll_fn ring;
};

ROUSE_ASYNC(guest)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->ring,
                rouse_poll_fn(bell_poll, NULL));
    printf("guest: comes in\n");
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct rouse_task *task;
    struct rouse_sleep nap;
    struct rouse_task_join join;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->task =
        ROUSE_SPAWN(ROUSE_FUTURE(guest));
    ROUSE_AWAIT(self->nap,
                rouse_sleep(100 * ROUSE_MS));
    printf("app: rings\n");
    bell.rung = true;
    rouse_waker_wake(&bell.waiting);
    ROUSE_AWAIT(self->join,
                rouse_task_join(self->task));
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
