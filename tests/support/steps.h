/* steps.h: futures that wait for somebody to wake them, and who joins their tasks. */
#ifndef ROUSE_TEST_STEPS_H
#define ROUSE_TEST_STEPS_H

#include "stage.h"

/* Says its name, then waits `left` times for somebody to wake `parked`. */
static struct rouse_waker parked;
struct step {
    struct rouse_future future;
    const char *name;
    int left, out;
};
static struct rouse_polled step_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct step *self = (struct step *)(void *)f;
    test_say("%s", self->name);
    if (self->left-- == 0) {
        self->out = 7;
        return ROUSE_READY(ROUSE_OK);
    }
    rouse_waker_drop(&parked);
    parked = rouse_waker_clone(&cx->waker);
    return ROUSE_PENDING;
}
static void step_drop(struct rouse_future *f)
{
    test_say("-%s", ((struct step *)(void *)f)->name);
}
static const struct rouse_type step_type = {"step", __FILE__, sizeof(struct step), step_poll,
                                            step_drop};
static struct step step(const char *name, int left)
{
    return ROUSE_FUTURE(step, .name = name, .left = left);
}

struct joiner {
    struct rouse_future future;
    struct rouse_task *task;
    struct rouse_task_join join;
    rouse_status status;
    bool detach;
};
ROUSE_ASYNC(joiner)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_task_join(self->task));
    test_say("joined %d", (int)self->status);
    ROUSE_END;
}

#endif
