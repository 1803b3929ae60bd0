/* channel.c: a ring of items. The semaphore `room` has a permit for each free slot, and senders
   wait in its line. An item that wakes a receiver is promised to it: no other receiver may take it.

   A channel without storage is a rendezvous: each item stays with its sender in line, and `count`
   is their number. There a promise fails when the sender leaves.

   Invariant: while a receiver waits in line, every item of the channel is promised. */
#include "ring.h"

void rouse_channel_init(struct rouse_channel *channel, void *storage, size_t item_size,
                        size_t capacity)
{
    if (capacity > ROUSE_SEMAPHORE_MAX)
        rouse_i_misuse(NULL, "a channel of more than ROUSE_SEMAPHORE_MAX items");
    *channel = (struct rouse_channel){
        .storage = storage, .item_size = item_size, .capacity = (uint32_t)capacity};
    rouse_i_semaphore_begin(&channel->room, channel->capacity);
    rouse_i_list_init(&channel->receivers);
}

void rouse_channel_close(struct rouse_channel *channel)
{
    if (channel->room.closed)
        return;
    channel->room.closed = true;
    if (rouse_i_channel_is_rendezvous(channel))
        channel->count = 0;
    while (rouse_i_channel_is_over(channel) && !rouse_i_list_is_empty(&channel->receivers)) {
        struct rouse_i_node *node = channel->receivers.next;
        rouse_i_node_unlink(node);
        rouse_i_list_append(&channel->room.waiters, node);
    }
    rouse_i_wake_all(&channel->room.waiters, ROUSE_I_RELEASED);
}

void rouse_i_channel_take_from_senders(struct rouse_channel *channel, char *items, uint32_t n)
{
    struct rouse_i_node served;
    rouse_i_list_init(&served);
    for (uint32_t i = 0; i < n; i++) {
        struct rouse_i_waiter *waiter = rouse_i_first_waiter(&channel->room.waiters);
        struct rouse_send *send = ROUSE_I_CONTAINER(waiter, struct rouse_send, waiter);
        rouse_i_item_copy(rouse_i_item_at(items, i, channel->item_size), send->item,
                          channel->item_size);
        rouse_i_node_unlink(&waiter->node);
        rouse_i_list_append(&served, &waiter->node);
    }
    channel->count -= n;
    ROUSE_EVENT(CHAN_RECV, ROUSE_ADDRESS(channel), channel->count, 0);
    rouse_i_wake_all(&served, ROUSE_I_SERVED);
}

bool rouse_channel_is_closed(const struct rouse_channel *channel)
{
    return channel->room.closed;
}

size_t rouse_channel_len(const struct rouse_channel *channel)
{
    return channel->count;
}

size_t rouse_channel_room(const struct rouse_channel *channel)
{
    return channel->room.permits;
}

size_t rouse_channel_capacity(const struct rouse_channel *channel)
{
    return channel->capacity;
}
