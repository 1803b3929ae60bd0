/* notify.c: wakes one waiter per notification, and keeps one notification if nobody waits.

   Invariant: a notification is never lost. A waiter that is dropped between its notification and
   its poll passes it on, from the same end of the line that it was taken from. */
#include "waiters.h"

enum { SERVED_AS_LAST = ROUSE_I_RELEASED + 1 };

void rouse_notify_init(struct rouse_notify *notify)
{
    *notify = (struct rouse_notify){0};
    rouse_i_list_init(&notify->waiters);
}

void rouse_notify_one(struct rouse_notify *notify)
{
    if (rouse_i_list_is_empty(&notify->waiters))
        notify->kept = true;
    else
        rouse_i_waiter_serve(rouse_i_first_waiter(&notify->waiters));
}

void rouse_notify_last(struct rouse_notify *notify)
{
    if (rouse_i_list_is_empty(&notify->waiters)) {
        notify->kept = true;
        return;
    }
    struct rouse_i_waiter *waiter =
        ROUSE_I_CONTAINER(notify->waiters.prev, struct rouse_i_waiter, node);
    rouse_i_node_unlink(&waiter->node);
    waiter->state = SERVED_AS_LAST;
    rouse_waker_wake(&waiter->waker);
}

void rouse_notify_all(struct rouse_notify *notify)
{
    rouse_i_wake_all(&notify->waiters, ROUSE_I_RELEASED);
}

static struct rouse_polled notify_wait_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_notify_wait *self = (struct rouse_notify_wait *)(void *)f;
    if (self->waiter.state >= ROUSE_I_SERVED)
        return rouse_i_waiter_done(&self->waiter, ROUSE_OK);
    if (self->waiter.state == ROUSE_I_NEW && self->notify->kept) {
        self->notify->kept = false;
        return ROUSE_READY(ROUSE_OK);
    }
    return rouse_i_waiter_wait(&self->notify->waiters, &self->waiter, cx);
}

static void notify_wait_drop(struct rouse_future *f)
{
    struct rouse_notify_wait *self = (struct rouse_notify_wait *)(void *)f;
    rouse_i_waiter_leave(&self->waiter);
    if (self->waiter.state == ROUSE_I_SERVED)
        rouse_notify_one(self->notify);
    else if (self->waiter.state == SERVED_AS_LAST)
        rouse_notify_last(self->notify);
}

const struct rouse_type rouse_notify_wait_type = {"rouse_notify_wait", __FILE__,
                                                  sizeof(struct rouse_notify_wait),
                                                  notify_wait_poll, notify_wait_drop};

ROUSE_MAKER_FUNCTION_(rouse_notify_wait, rouse_notify_wait)(struct rouse_notify *notify)
{
    return rouse_notify_wait(notify);
}
