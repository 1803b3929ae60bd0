/* Pending once, by hand: touches the runtime only to keep a waker. */
#include "leaf.h"

static struct rouse_polled leaf_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct leaf *self = (struct leaf *)(void *)f;
    if (self->asked)
        return ROUSE_READY(ROUSE_OK);
    self->asked = true;
    rouse_waker_store(&self->waker, cx);
    rouse_waker_wake_by_ref(&self->waker);
    return ROUSE_PENDING;
}

static void leaf_drop(struct rouse_future *f)
{
    rouse_waker_drop(&((struct leaf *)(void *)f)->waker);
}

static const struct rouse_type leaf_type = {"leaf", __FILE__, sizeof(struct leaf), leaf_poll,
                                            leaf_drop};

struct leaf leaf(void)
{
    return ROUSE_FUTURE(leaf);
}
