/* watch.c: one value, always the latest.

   Invariant: `version` changes with the value. A receiver has seen the value if it has seen the
   version. */
#include <rouse/channel.h>

#include "item.h"
#include "../core/stack_place.h"
#include "../trace/trace_events.h"
#include "../sync/waiters.h"

void rouse_watch_init(struct rouse_watch *watch, void *storage, size_t item_size,
                      const void *initial)
{
    *watch = (struct rouse_watch){.storage = storage, .item_size = item_size, .version = 1};
    rouse_i_list_init(&watch->waiters);
    rouse_i_item_copy(storage, initial, item_size);
}

static void publish(struct rouse_watch *watch)
{
    watch->version++;
    ROUSE_EVENT(CHAN_SEND, ROUSE_ADDRESS(watch), 1, 0);
    rouse_i_wake_all(&watch->waiters, ROUSE_I_NEW);
}

void rouse_i_watch_set(struct rouse_watch *watch, const void *item, const char *place)
{
    if (watch->closed)
        rouse_i_misuse(place, "set a watch that is closed");
    rouse_i_item_copy(watch->storage, item, watch->item_size);
    publish(watch);
}

void(rouse_watch_set)(struct rouse_watch *watch, const void *item)
{
    rouse_i_watch_set(watch, item, NULL);
}

void rouse_i_watch_modify(struct rouse_watch *watch, rouse_watch_function modify, void *data,
                          const char *place)
{
    if (watch->closed)
        rouse_i_misuse(place, "modified a watch that is closed");
    if (modify(data, watch->storage))
        publish(watch);
}

void(rouse_watch_modify)(struct rouse_watch *watch, rouse_watch_function modify, void *data)
{
    rouse_i_watch_modify(watch, modify, data, NULL);
}

const void *rouse_watch_borrow(const struct rouse_watch *watch)
{
    return watch->storage;
}

void rouse_watch_close(struct rouse_watch *watch)
{
    watch->closed = true;
    rouse_i_wake_all(&watch->waiters, ROUSE_I_NEW);
}

bool rouse_watch_is_closed(const struct rouse_watch *watch)
{
    return watch->closed;
}

/* ---- Receivers ------------------------------------------------------------------------------- */

void rouse_watch_receiver_init(struct rouse_watch_receiver *receiver, struct rouse_watch *watch)
{
    *receiver = (struct rouse_watch_receiver){watch, watch->version};
}

bool rouse_watch_has_changed(const struct rouse_watch_receiver *receiver)
{
    return receiver->seen != receiver->watch->version;
}

/* Versions begin at 1, so 0 was never seen. */
void rouse_watch_mark_changed(struct rouse_watch_receiver *receiver)
{
    receiver->seen = 0;
}

void rouse_watch_mark_unchanged(struct rouse_watch_receiver *receiver)
{
    receiver->seen = receiver->watch->version;
}

static void take_value(struct rouse_watch_receiver *receiver, void *item)
{
    const struct rouse_watch *watch = receiver->watch;
    receiver->seen = watch->version;
    if (item) {
        ROUSE_EVENT(CHAN_RECV, ROUSE_ADDRESS(watch), 1, 0);
        rouse_i_item_copy(item, watch->storage, watch->item_size);
    }
}

rouse_status rouse_watch_try_changed(struct rouse_watch_receiver *receiver, void *item)
{
    if (!rouse_watch_has_changed(receiver)) {
        if (receiver->watch->closed)
            return ROUSE_ERR_CLOSED;
        ROUSE_EVENT(CHAN_EMPTY, ROUSE_ADDRESS(receiver->watch), 0, 0);
        return ROUSE_ERR_EMPTY;
    }
    take_value(receiver, item);
    return ROUSE_OK;
}

static struct rouse_polled watch_changed_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_watch_changed *self = (struct rouse_watch_changed *)(void *)f;
    rouse_i_place_check(f, cx, self->item);
    rouse_status status = rouse_watch_try_changed(self->receiver, self->item);
    if (status == ROUSE_ERR_EMPTY)
        return rouse_i_waiter_wait(&self->receiver->watch->waiters, &self->waiter, cx);
    return rouse_i_waiter_done(&self->waiter, status);
}

static void watch_changed_drop(struct rouse_future *f)
{
    rouse_i_waiter_leave(&((struct rouse_watch_changed *)(void *)f)->waiter);
}

const struct rouse_type rouse_watch_changed_type = {"rouse_watch_changed", __FILE__,
                                                    sizeof(struct rouse_watch_changed),
                                                    watch_changed_poll, watch_changed_drop};

struct rouse_watch_changed rouse_watch_changed(struct rouse_watch_receiver *receiver, void *item)
{
    return ROUSE_FUTURE(rouse_watch_changed, .receiver = receiver, .item = item);
}

static struct rouse_polled watch_wait_for_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_watch_wait_for *self = (struct rouse_watch_wait_for *)(void *)f;
    struct rouse_watch *watch = self->receiver->watch;
    rouse_i_place_check(f, cx, self->item);
    bool matches = self->wanted(self->data, watch->storage);
    take_value(self->receiver, matches ? self->item : NULL);
    if (matches)
        return rouse_i_waiter_done(&self->waiter, ROUSE_OK);
    if (watch->closed)
        return rouse_i_waiter_done(&self->waiter, ROUSE_ERR_CLOSED);
    return rouse_i_waiter_wait(&watch->waiters, &self->waiter, cx);
}

static void watch_wait_for_drop(struct rouse_future *f)
{
    rouse_i_waiter_leave(&((struct rouse_watch_wait_for *)(void *)f)->waiter);
}

const struct rouse_type rouse_watch_wait_for_type = {"rouse_watch_wait_for", __FILE__,
                                                     sizeof(struct rouse_watch_wait_for),
                                                     watch_wait_for_poll, watch_wait_for_drop};

struct rouse_watch_wait_for rouse_watch_wait_for(struct rouse_watch_receiver *receiver,
                                                 rouse_watch_function wanted, void *data,
                                                 void *item)
{
    return ROUSE_FUTURE(rouse_watch_wait_for, .receiver = receiver, .wanted = wanted, .data = data,
                        .item = item);
}
