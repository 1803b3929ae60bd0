/* broadcast.c: a ring that every receiver reads and the sender overwrites.

   Invariant: `sent` counts all items ever sent. A receiver that is further behind than the capacity
   has missed the difference. */
#include <rouse/channel.h>

#include "item.h"
#include "../core/stack_place.h"
#include "../trace/trace_events.h"
#include "../sync/waiters.h"

void rouse_i_broadcast_init(struct rouse_broadcast *broadcast, void *storage, size_t item_size,
                            size_t capacity, const char *place)
{
    if (capacity == 0)
        rouse_i_misuse(place, "a broadcast of capacity 0 can hold nothing");
    *broadcast =
        (struct rouse_broadcast){.storage = storage, .item_size = item_size, .capacity = capacity};
    rouse_i_list_init(&broadcast->waiters);
}

void(rouse_broadcast_init)(struct rouse_broadcast *broadcast, void *storage, size_t item_size,
                           size_t capacity)
{
    rouse_i_broadcast_init(broadcast, storage, item_size, capacity, NULL);
}

static void *slot_of(const struct rouse_broadcast *broadcast, uint64_t n)
{
    return rouse_i_item_at(broadcast->storage, (size_t)(n % broadcast->capacity),
                           broadcast->item_size);
}

rouse_status rouse_broadcast_send(struct rouse_broadcast *broadcast, const void *item)
{
    if (broadcast->closed)
        return ROUSE_ERR_CLOSED;
    rouse_i_item_copy(slot_of(broadcast, broadcast->sent), item, broadcast->item_size);
    broadcast->sent++;
    ROUSE_EVENT(CHAN_SEND, ROUSE_ADDRESS(broadcast), (uint32_t)broadcast->sent, 0);
    rouse_i_wake_all(&broadcast->waiters, ROUSE_I_NEW);
    return ROUSE_OK;
}

void rouse_broadcast_close(struct rouse_broadcast *broadcast)
{
    broadcast->closed = true;
    rouse_i_wake_all(&broadcast->waiters, ROUSE_I_NEW);
}

bool rouse_broadcast_is_closed(const struct rouse_broadcast *broadcast)
{
    return broadcast->closed;
}

void rouse_broadcast_receiver_init(struct rouse_broadcast_receiver *receiver,
                                   struct rouse_broadcast *broadcast)
{
    *receiver = (struct rouse_broadcast_receiver){broadcast, broadcast->sent};
}

uint64_t rouse_broadcast_len(const struct rouse_broadcast_receiver *receiver)
{
    return receiver->broadcast->sent - receiver->next;
}

rouse_status rouse_broadcast_try_recv(struct rouse_broadcast_receiver *receiver, void *item,
                                      uint64_t *missed)
{
    const struct rouse_broadcast *broadcast = receiver->broadcast;
    uint64_t behind = rouse_broadcast_len(receiver);
    if (behind == 0) {
        if (broadcast->closed)
            return ROUSE_ERR_CLOSED;
        ROUSE_EVENT(CHAN_EMPTY, ROUSE_ADDRESS(broadcast), 0, 0);
        return ROUSE_ERR_EMPTY;
    }
    if (behind > broadcast->capacity) {
        receiver->next = broadcast->sent - broadcast->capacity;
        if (missed)
            *missed = behind - broadcast->capacity;
        return ROUSE_ERR_LAGGED;
    }
    rouse_i_item_copy(item, slot_of(broadcast, receiver->next), broadcast->item_size);
    receiver->next++;
    ROUSE_EVENT(CHAN_RECV, ROUSE_ADDRESS(broadcast), (uint32_t)(behind - 1), 0);
    return ROUSE_OK;
}

static struct rouse_polled broadcast_recv_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_broadcast_recv *self = (struct rouse_broadcast_recv *)(void *)f;
    rouse_i_place_check(f, cx, self->item);
    rouse_status status = rouse_broadcast_try_recv(self->receiver, self->item, &self->out);
    if (status == ROUSE_ERR_EMPTY)
        return rouse_i_waiter_wait(&self->receiver->broadcast->waiters, &self->waiter, cx);
    return rouse_i_waiter_done(&self->waiter, status);
}

static void broadcast_recv_drop(struct rouse_future *f)
{
    rouse_i_waiter_leave(&((struct rouse_broadcast_recv *)(void *)f)->waiter);
}

const struct rouse_type rouse_broadcast_recv_type = {"rouse_broadcast_recv", __FILE__,
                                                     sizeof(struct rouse_broadcast_recv),
                                                     broadcast_recv_poll, broadcast_recv_drop};

struct rouse_broadcast_recv rouse_broadcast_recv(struct rouse_broadcast_receiver *receiver,
                                                 void *item)
{
    return ROUSE_FUTURE(rouse_broadcast_recv, .receiver = receiver, .item = item);
}
