/* event.c: a flag to wait for. A waiter that was released is done, even if the flag is reset before
   it polls. */
#include "waiters.h"

void rouse_event_init(struct rouse_event *event)
{
    *event = (struct rouse_event){0};
    rouse_i_list_init(&event->waiters);
}

void rouse_event_set(struct rouse_event *event)
{
    event->set = true;
    rouse_i_wake_all(&event->waiters, ROUSE_I_RELEASED);
}

void rouse_event_reset(struct rouse_event *event)
{
    event->set = false;
}

bool rouse_event_is_set(const struct rouse_event *event)
{
    return event->set;
}

static struct rouse_polled event_wait_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_event_wait *self = (struct rouse_event_wait *)(void *)f;
    if (self->event->set || self->waiter.state == ROUSE_I_RELEASED)
        return rouse_i_waiter_done(&self->waiter, ROUSE_OK);
    return rouse_i_waiter_wait(&self->event->waiters, &self->waiter, cx);
}

static void event_wait_drop(struct rouse_future *f)
{
    rouse_i_waiter_leave(&((struct rouse_event_wait *)(void *)f)->waiter);
}

const struct rouse_type rouse_event_wait_type = {"rouse_event_wait", __FILE__,
                                                 sizeof(struct rouse_event_wait), event_wait_poll,
                                                 event_wait_drop};

ROUSE_MAKER_FUNCTION_(rouse_event_wait, rouse_event_wait)(struct rouse_event *event)
{
    return rouse_event_wait(event);
}
