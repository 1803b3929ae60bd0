/* sync.c: notify.

     made --poll, nothing kept--> WAITING --notify--> NOTIFIED --poll--> done
   A notified waiter that is dropped before it polls passes its turn on. */
#include <rouse/sync.h>

#include "list.h"

enum { WAIT_NEW, WAIT_WAITING, WAIT_NOTIFIED };

void rouse_notify_init(struct rouse_notify *notify)
{
    *notify = (struct rouse_notify){0};
    rouse_i_list_init(&notify->waiters);
}

static struct rouse_notify_wait *first_waiter(struct rouse_i_node *waiters)
{
    return ROUSE_I_CONTAINER(waiters->next, struct rouse_notify_wait, node);
}

static void notify_waiter(struct rouse_notify_wait *waiter)
{
    rouse_i_node_unlink(&waiter->node);
    waiter->state = WAIT_NOTIFIED;
    rouse_waker_wake(&waiter->waker);
}

void rouse_notify_one(struct rouse_notify *notify)
{
    if (rouse_i_list_is_empty(&notify->waiters))
        notify->kept = true;
    else
        notify_waiter(first_waiter(&notify->waiters));
}

void rouse_notify_all(struct rouse_notify *notify)
{
    struct rouse_i_node waiters;
    rouse_i_list_take(&waiters, &notify->waiters);
    while (!rouse_i_list_is_empty(&waiters)) {
        first_waiter(&waiters)->notify = NULL; /* was for all: nothing to pass on */
        notify_waiter(first_waiter(&waiters));
    }
}

static struct rouse_polled notify_wait_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_notify_wait *self = (struct rouse_notify_wait *)(void *)f;
    if (self->state == WAIT_NOTIFIED)
        return ROUSE_READY(ROUSE_OK);
    if (self->state == WAIT_NEW) {
        if (self->notify->kept) {
            self->notify->kept = false;
            return ROUSE_READY(ROUSE_OK);
        }
        rouse_i_list_append(&self->notify->waiters, &self->node);
        self->state = WAIT_WAITING;
    }
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}

static void notify_wait_drop(struct rouse_future *f)
{
    struct rouse_notify_wait *self = (struct rouse_notify_wait *)(void *)f;
    rouse_waker_drop(&self->waker);
    if (self->state == WAIT_WAITING)
        rouse_i_node_unlink(&self->node);
    else if (self->notify)
        rouse_notify_one(self->notify);
}

const struct rouse_type rouse_notify_wait_type = {"rouse_notify_wait", __FILE__,
                                                  sizeof(struct rouse_notify_wait),
                                                  notify_wait_poll, notify_wait_drop};

__typeof__(struct rouse_notify_wait)(rouse_notify_wait)(struct rouse_notify *notify)
{
    return ROUSE_FUTURE(rouse_notify_wait, .notify = notify);
}
