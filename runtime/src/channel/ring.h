/* ring.h: how items move through a channel; channel.c explains the whole. Inline, because sends and
   receives are hot and do little else. */
#ifndef ROUSE_RING_H
#define ROUSE_RING_H

#include "../sync/acquire.h"
#include "item.h"
#include <rouse/channel.h>

static inline bool rouse_i_channel_is_rendezvous(const struct rouse_channel *channel)
{
    return channel->capacity == 0 && !channel->grow;
}

/* Closed, with no item left and no permit to send one. */
static inline bool rouse_i_channel_is_over(const struct rouse_channel *channel)
{
    return channel->room.closed && channel->room.permits == channel->room.limit;
}

static inline bool rouse_i_channel_has_item(const struct rouse_channel *channel)
{
    return channel->count > channel->promised;
}

static inline bool rouse_i_channel_has_room(struct rouse_channel *channel, uint32_t n)
{
    if (n <= channel->room.permits || !channel->grow || channel->room.closed)
        return true;
    return channel->grow(channel, n);
}

/* Promises an item, if one is free, to the first receiver in line. Call it last. */
static inline void rouse_i_channel_promise(struct rouse_channel *channel)
{
    if (rouse_i_list_is_empty(&channel->receivers) || !rouse_i_channel_has_item(channel))
        return;
    channel->promised++;
    rouse_i_waiter_serve(rouse_i_first_waiter(&channel->receivers));
}

static inline void rouse_i_channel_push(struct rouse_channel *channel, const void *item)
{
    uint32_t at = channel->head + channel->count;
    if (at >= channel->capacity)
        at -= channel->capacity;
    rouse_i_item_copy(rouse_i_item_at(channel->storage, at, channel->item_size), item,
                      channel->item_size);
    channel->count++;
    ROUSE_EVENT(CHAN_SEND, ROUSE_ADDRESS(channel), channel->count, 0);
    rouse_i_channel_promise(channel);
}

static inline void rouse_i_channel_end_if_over(struct rouse_channel *channel)
{
    if (rouse_i_channel_is_over(channel))
        rouse_i_wake_all(&channel->receivers, ROUSE_I_RELEASED);
}

/* Frees `n` slots, of items or of permits. Call it last. */
static inline void rouse_i_channel_free_room(struct rouse_channel *channel, uint32_t n)
{
    bool closed = channel->room.closed;
    rouse_i_permits_free(&channel->room, n);
    if (closed) /* then the line above woke nobody */
        rouse_i_channel_end_if_over(channel);
}

static inline void rouse_i_channel_pop(struct rouse_channel *channel, void *item)
{
    rouse_i_item_copy(item, rouse_i_item_at(channel->storage, channel->head, channel->item_size),
                      channel->item_size);
    if (++channel->head == channel->capacity)
        channel->head = 0;
    channel->count--;
}

/* At a rendezvous: moves `n` items from the senders in line to `items` and serves these senders.
   Call it last. */
void rouse_i_channel_take_from_senders(struct rouse_channel *channel, char *items, uint32_t n);

/* Moves `n` items, which are not promised to others, to `items`. Call it last. */
static inline void rouse_i_channel_take(struct rouse_channel *channel, char *items, uint32_t n)
{
    if (rouse_i_channel_is_rendezvous(channel)) {
        rouse_i_channel_take_from_senders(channel, items, n);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        rouse_i_channel_pop(channel, rouse_i_item_at(items, i, channel->item_size));
    ROUSE_EVENT(CHAN_RECV, ROUSE_ADDRESS(channel), channel->count, 0);
    rouse_i_channel_free_room(channel, n);
}

static inline void rouse_i_channel_leave_room(struct rouse_channel *channel,
                                              struct rouse_i_waiter *waiter)
{
    bool closed = channel->room.closed;
    rouse_i_acquire_drop(&channel->room, waiter);
    if (closed)
        rouse_i_channel_end_if_over(channel);
}

/* A poll that takes slots, or waits for them. */
static inline struct rouse_polled rouse_i_channel_room_poll(struct rouse_channel *channel,
                                                            struct rouse_i_waiter *waiter,
                                                            struct rouse_context *cx)
{
    bool first = waiter->state == ROUSE_I_NEW;
    struct rouse_polled polled = rouse_i_acquire_poll(&channel->room, waiter, cx);
    if (first && rouse_is_pending(polled))
        ROUSE_EVENT(CHAN_FULL, ROUSE_ADDRESS(channel), 0, 0);
    return polled;
}

static inline rouse_status rouse_i_channel_try_take_room(struct rouse_channel *channel, uint32_t n)
{
    if (!rouse_i_channel_has_room(channel, n))
        return ROUSE_ERR_NO_MEMORY;
    if (channel->room.closed)
        return ROUSE_ERR_CLOSED;
    if (rouse_i_permits_take(&channel->room, n))
        return ROUSE_OK;
    ROUSE_EVENT(CHAN_FULL, ROUSE_ADDRESS(channel), 0, 0);
    return ROUSE_ERR_FULL;
}

#endif
