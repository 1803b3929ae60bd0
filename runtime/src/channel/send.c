/* send.c: puts an item into the ring, once a slot is free. At a rendezvous the item stays with its
   sender. */
#include "ring.h"
#include "../core/stack_place.h"

/* The sender is done when a receiver has taken its item. */
static __attribute__((noinline)) struct rouse_polled rendezvous_poll(struct rouse_send *self,
                                                                     struct rouse_context *cx)
{
    struct rouse_channel *channel = self->channel;
    bool first = self->waiter.state == ROUSE_I_NEW;
    if (self->waiter.state == ROUSE_I_SERVED)
        return rouse_i_waiter_done(&self->waiter, ROUSE_OK);
    if (channel->room.closed)
        return rouse_i_waiter_done(&self->waiter, ROUSE_ERR_CLOSED);
    struct rouse_polled pending = rouse_i_waiter_wait(&channel->room.waiters, &self->waiter, cx);
    if (first) {
        channel->count++;
        ROUSE_EVENT(CHAN_SEND, ROUSE_ADDRESS(channel), channel->count, 0);
        ROUSE_EVENT(CHAN_FULL, ROUSE_ADDRESS(channel), 0, 0);
        rouse_i_channel_promise(channel);
    }
    return pending;
}

static struct rouse_polled send_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_send *self = (struct rouse_send *)(void *)f;
    struct rouse_channel *channel = self->channel;
    rouse_i_place_check(f, cx, self->item);
    if (rouse_i_channel_is_rendezvous(channel))
        return rendezvous_poll(self, cx);
    if (!rouse_i_channel_has_room(channel, 1))
        return ROUSE_READY(ROUSE_ERR_NO_MEMORY);
    self->waiter.wants = 1;
    struct rouse_polled polled = rouse_i_channel_room_poll(channel, &self->waiter, cx);
    if (polled.status == ROUSE_OK)
        rouse_i_channel_push(channel, self->item);
    return polled;
}

static void send_drop(struct rouse_future *f)
{
    struct rouse_send *self = (struct rouse_send *)(void *)f;
    if (!rouse_i_channel_is_rendezvous(self->channel)) {
        rouse_i_channel_leave_room(self->channel, &self->waiter);
        return;
    }
    if (self->waiter.state == ROUSE_I_WAITING)
        self->channel->count--;
    rouse_i_waiter_leave(&self->waiter);
}

const struct rouse_type rouse_send_type = {"rouse_send", __FILE__, sizeof(struct rouse_send),
                                           send_poll, send_drop};

ROUSE_MAKER_FUNCTION_(rouse_send, rouse_send)(struct rouse_channel *channel, const void *item)
{
    return rouse_send(channel, item);
}

rouse_status rouse_try_send(struct rouse_channel *channel, const void *item)
{
    rouse_status status = rouse_i_channel_try_take_room(channel, 1);
    if (status == ROUSE_OK)
        rouse_i_channel_push(channel, item);
    return status;
}
