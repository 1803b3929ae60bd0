/* oneshot.c: a channel for one item.

     EMPTY --rouse_oneshot_send--> FULL --take--> TAKEN */
#include <rouse/channel.h>

#include "item.h"
#include "../core/stack_place.h"
#include "../trace/trace_events.h"
#include "../sync/waiters.h"

enum { EMPTY, FULL, TAKEN };

void rouse_oneshot_init(struct rouse_oneshot *oneshot, void *storage, size_t item_size)
{
    *oneshot = (struct rouse_oneshot){.storage = storage, .item_size = item_size};
    rouse_i_list_init(&oneshot->waiters);
}

rouse_status rouse_oneshot_send(struct rouse_oneshot *oneshot, const void *item)
{
    if (oneshot->closed || oneshot->state == TAKEN)
        return ROUSE_ERR_CLOSED;
    if (oneshot->state == FULL)
        return ROUSE_ERR_FULL;
    rouse_i_item_copy(oneshot->storage, item, oneshot->item_size);
    oneshot->state = FULL;
    ROUSE_EVENT(CHAN_SEND, ROUSE_ADDRESS(oneshot), 1, 0);
    rouse_i_wake_all(&oneshot->waiters, ROUSE_I_NEW);
    return ROUSE_OK;
}

/* Wakes the other receivers too: nothing is left for them. Call it last. */
static void take(struct rouse_oneshot *oneshot, void *item)
{
    rouse_i_item_copy(item, oneshot->storage, oneshot->item_size);
    oneshot->state = TAKEN;
    ROUSE_EVENT(CHAN_RECV, ROUSE_ADDRESS(oneshot), 0, 0);
    rouse_i_wake_all(&oneshot->waiters, ROUSE_I_NEW);
}

rouse_status rouse_oneshot_try_recv(struct rouse_oneshot *oneshot, void *item)
{
    if (oneshot->state == TAKEN || (oneshot->state == EMPTY && oneshot->closed))
        return ROUSE_ERR_CLOSED;
    if (oneshot->state == EMPTY) {
        ROUSE_EVENT(CHAN_EMPTY, ROUSE_ADDRESS(oneshot), 0, 0);
        return ROUSE_ERR_EMPTY;
    }
    take(oneshot, item);
    return ROUSE_OK;
}

void rouse_oneshot_close(struct rouse_oneshot *oneshot)
{
    oneshot->closed = true;
    rouse_i_wake_all(&oneshot->waiters, ROUSE_I_NEW);
}

bool rouse_oneshot_is_closed(const struct rouse_oneshot *oneshot)
{
    return oneshot->closed;
}

static struct rouse_polled oneshot_recv_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_oneshot_recv *self = (struct rouse_oneshot_recv *)(void *)f;
    rouse_i_place_check(f, cx, self->item);
    if (self->oneshot->state == EMPTY && !self->oneshot->closed) {
        if (self->waiter.state == ROUSE_I_NEW)
            ROUSE_EVENT(CHAN_EMPTY, ROUSE_ADDRESS(self->oneshot), 0, 0);
        return rouse_i_waiter_wait(&self->oneshot->waiters, &self->waiter, cx);
    }
    struct rouse_polled polled = rouse_i_waiter_done(&self->waiter, ROUSE_OK);
    polled.status = rouse_oneshot_try_recv(self->oneshot, self->item);
    return polled;
}

static void oneshot_recv_drop(struct rouse_future *f)
{
    rouse_i_waiter_leave(&((struct rouse_oneshot_recv *)(void *)f)->waiter);
}

const struct rouse_type rouse_oneshot_recv_type = {"rouse_oneshot_recv", __FILE__,
                                                   sizeof(struct rouse_oneshot_recv),
                                                   oneshot_recv_poll, oneshot_recv_drop};

ROUSE_MAKER_FUNCTION_(rouse_oneshot_recv, rouse_oneshot_recv)(struct rouse_oneshot *oneshot,
                                                              void *item)
{
    return rouse_oneshot_recv(oneshot, item);
}

static struct rouse_polled oneshot_closed_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_oneshot_closed *self = (struct rouse_oneshot_closed *)(void *)f;
    if (self->oneshot->closed)
        return rouse_i_waiter_done(&self->waiter, ROUSE_OK);
    return rouse_i_waiter_wait(&self->oneshot->waiters, &self->waiter, cx);
}

static void oneshot_closed_drop(struct rouse_future *f)
{
    rouse_i_waiter_leave(&((struct rouse_oneshot_closed *)(void *)f)->waiter);
}

const struct rouse_type rouse_oneshot_closed_type = {"rouse_oneshot_closed", __FILE__,
                                                     sizeof(struct rouse_oneshot_closed),
                                                     oneshot_closed_poll, oneshot_closed_drop};

struct rouse_oneshot_closed rouse_oneshot_closed(struct rouse_oneshot *oneshot)
{
    return ROUSE_FUTURE(rouse_oneshot_closed, .oneshot = oneshot);
}
