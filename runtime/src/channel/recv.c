/* recv.c: taking items out of a channel. A receiver that is dropped with an item promised to it
   promises that item to the next. */
#include "ring.h"
#include "../core/stack_place.h"

/* The promise failed, because a sender left: this receiver is first in line again. */
static struct rouse_polled wait_in_front(struct rouse_channel *channel,
                                         struct rouse_i_waiter *waiter, struct rouse_context *cx)
{
    rouse_i_list_insert(channel->receivers.next, &waiter->node);
    return rouse_i_waiter_wait(&channel->receivers, waiter, cx);
}

static __attribute__((noinline)) struct rouse_polled
await_item_slowly(struct rouse_channel *channel, struct rouse_i_waiter *waiter,
                  struct rouse_context *cx)
{
    bool promised = waiter->state == ROUSE_I_SERVED;
    channel->promised -= promised;
    if (rouse_i_channel_has_item(channel) || (promised && channel->count > 0))
        return rouse_i_waiter_done(waiter, ROUSE_OK);
    if (rouse_i_channel_is_over(channel))
        return rouse_i_waiter_done(waiter, ROUSE_ERR_CLOSED);
    if (waiter->state == ROUSE_I_NEW)
        ROUSE_EVENT(CHAN_EMPTY, ROUSE_ADDRESS(channel), 0, 0);
    if (promised)
        return wait_in_front(channel, waiter, cx);
    return rouse_i_waiter_wait(&channel->receivers, waiter, cx);
}

/* OK once there is an item that this waiter may take. */
static inline struct rouse_polled
await_item(struct rouse_channel *channel, struct rouse_i_waiter *waiter, struct rouse_context *cx)
{
    if (waiter->state == ROUSE_I_NEW && rouse_i_channel_has_item(channel))
        return ROUSE_READY(ROUSE_OK);
    return await_item_slowly(channel, waiter, cx);
}

static void leave_receivers(struct rouse_channel *channel, struct rouse_i_waiter *waiter)
{
    rouse_i_waiter_leave(waiter);
    if (waiter->state != ROUSE_I_SERVED)
        return;
    channel->promised--;
    rouse_i_channel_promise(channel);
}

static struct rouse_polled recv_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_recv *self = (struct rouse_recv *)(void *)f;
    rouse_i_place_check(f, cx, self->item);
    struct rouse_polled polled = await_item(self->channel, &self->waiter, cx);
    if (polled.status == ROUSE_OK)
        rouse_i_channel_take(self->channel, self->item, 1);
    return polled;
}

static void recv_drop(struct rouse_future *f)
{
    struct rouse_recv *self = (struct rouse_recv *)(void *)f;
    leave_receivers(self->channel, &self->waiter);
}

const struct rouse_type rouse_recv_type = {"rouse_recv", __FILE__, sizeof(struct rouse_recv),
                                           recv_poll, recv_drop};

ROUSE_MAKER_FUNCTION_(rouse_recv, rouse_recv)(struct rouse_channel *channel, void *item)
{
    return rouse_recv(channel, item);
}

static struct rouse_polled recv_many_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_recv_many *self = (struct rouse_recv_many *)(void *)f;
    struct rouse_channel *channel = self->channel;
    rouse_i_place_check(f, cx, self->items);
    if (self->max == 0)
        return ROUSE_READY(ROUSE_OK);
    struct rouse_polled polled = await_item(channel, &self->waiter, cx);
    if (polled.status != ROUSE_OK)
        return polled;
    uint32_t n = rouse_i_channel_has_item(channel) ? channel->count - channel->promised : 1;
    if (n > self->max)
        n = (uint32_t)self->max;
    self->out = n;
    rouse_i_channel_take(channel, self->items, n);
    return polled;
}

static void recv_many_drop(struct rouse_future *f)
{
    struct rouse_recv_many *self = (struct rouse_recv_many *)(void *)f;
    leave_receivers(self->channel, &self->waiter);
}

const struct rouse_type rouse_recv_many_type = {
    "rouse_recv_many", __FILE__, sizeof(struct rouse_recv_many), recv_many_poll, recv_many_drop};

struct rouse_recv_many rouse_recv_many(struct rouse_channel *channel, void *items, size_t max)
{
    return ROUSE_FUTURE(rouse_recv_many, .channel = channel, .items = items, .max = max);
}

rouse_status rouse_try_recv(struct rouse_channel *channel, void *item)
{
    if (!rouse_i_channel_has_item(channel)) {
        if (rouse_i_channel_is_over(channel))
            return ROUSE_ERR_CLOSED;
        ROUSE_EVENT(CHAN_EMPTY, ROUSE_ADDRESS(channel), 0, 0);
        return ROUSE_ERR_EMPTY;
    }
    rouse_i_channel_take(channel, item, 1);
    return ROUSE_OK;
}
