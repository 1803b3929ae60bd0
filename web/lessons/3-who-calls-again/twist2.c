#include <rouse/rouse.h>
#include <stdio.h>

static struct bell {
    bool rung;
    int asked;
    struct rouse_waker waiting;
} bell;

/* A leaf: the answer to "are you there yet?" */
static struct rouse_polled
bell_poll(void *data, struct rouse_context *cx)
{
    (void)data;
    bell.asked++;
    if (bell.rung)
        return ROUSE_READY(ROUSE_OK);
    /* Not yet: ask me again at once. */
    rouse_waker_store(&bell.waiting, cx);
    rouse_waker_wake(&bell.waiting);
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
    printf("guest: asked %d times\n",
           bell.asked);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct rouse_task *task;
    int rounds;
    struct rouse_task_join join;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->task =
        ROUSE_SPAWN(ROUSE_FUTURE(guest));
    while (self->rounds++ < 20)
        ROUSE_YIELD; /* busy for a while */
    printf("app: rings\n");
    bell.rung = true;
    ROUSE_AWAIT(self->join,
                rouse_task_join(self->task));
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
