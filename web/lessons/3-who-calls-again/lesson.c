#include <rouse/rouse.h>
#include <stdio.h>

static struct bell {
    bool rung;
    //@ twist2
    int asked;
    //@ all
    struct rouse_waker waiting;
} bell;

/* A leaf: the answer to "are you there yet?" */
static struct rouse_polled
bell_poll(void *data, struct rouse_context *cx)
{
    //@ lesson twist2
    (void)data;
    //@ twist
    (void)data, (void)cx;
    //@ lesson twist
    printf("rung? %s\n",
           bell.rung ? "yes" : "no");
    //@ twist2
    bell.asked++;
    //@ all
    if (bell.rung)
        return ROUSE_READY(ROUSE_OK);
    //@ lesson
    rouse_waker_store(&bell.waiting, cx);
    return ROUSE_PENDING;
    //@ twist
    return ROUSE_PENDING; /* and nobody knows */
    //@ twist2
    /* Not yet: ask me again at once. */
    rouse_waker_store(&bell.waiting, cx);
    rouse_waker_wake(&bell.waiting);
    return ROUSE_PENDING;
    //@ all
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
    //@ lesson twist
    printf("guest: comes in\n");
    //@ twist2
    printf("guest: asked %d times\n",
           bell.asked);
    //@ all
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct rouse_task *task;
    //@ lesson twist
    struct rouse_sleep nap;
    //@ twist2
    int rounds;
    //@ all
    struct rouse_task_join join;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->task =
        ROUSE_SPAWN(ROUSE_FUTURE(guest));
    //@ lesson twist
    ROUSE_AWAIT(self->nap,
                rouse_sleep(100 * ROUSE_MS));
    //@ twist2
    while (self->rounds++ < 20)
        ROUSE_YIELD; /* busy for a while */
    //@ all
    printf("app: rings\n");
    bell.rung = true;
    //@ lesson twist
    rouse_waker_wake(&bell.waiting);
    //@ all
    ROUSE_AWAIT(self->join,
                rouse_task_join(self->task));
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
