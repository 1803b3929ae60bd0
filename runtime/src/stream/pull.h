/* pull.h: how an adapter takes items from its source.

   Invariant: every adapter begins `struct rouse_future future; struct rouse_future *source;`.

   An adapter that waits for one thing at a time waits as an await does (rouse_i_pull,
   rouse_i_await_child): a wake resumes the source directly, reports show the whole chain, and a
   drop ends it from within. An adapter that waits for several, or borrows its source, polls by hand
   as combinators do (rouse_i_poll_source).

   A loop that may take many items in one poll calls rouse_spend after each. */
#ifndef ROUSE_PULL_H
#define ROUSE_PULL_H

#include "../base/check.h"
#include <rouse/source.h>

struct rouse_i_adapter {
    struct rouse_future future;
    struct rouse_future *source;
};

#define ROUSE_I_ADAPTER_TYPE(T, poll)                                                \
    _Static_assert(offsetof(struct T, source) == sizeof(struct rouse_future),        \
                   "an adapter begins with its source");                             \
    static const struct rouse_type T##_type = {#T, __FILE__, sizeof(struct T), poll, \
                                               rouse_i_adapter_drop}

/* Drops the source. */
void rouse_i_adapter_drop(struct rouse_future *f);
/* How the source ended, so that `f` ends the same way. It is a bug if that is ROUSE_OK. */
rouse_status rouse_i_source_end(struct rouse_future *f, const struct rouse_future *source,
                                struct rouse_context *cx);

/* Ends the adapter before its source has ended, which is dropped. */
static inline struct rouse_polled rouse_i_adapter_end(struct rouse_future *f, rouse_status status)
{
    rouse_i_adapter_drop(f);
    return rouse_polled(status);
}

/* Awaits the child, for an `f` that waits for nothing else meanwhile. */
static inline rouse_status rouse_i_await_child(struct rouse_future *f, struct rouse_future *child,
                                               struct rouse_context *cx)
{
    if (!f->awaiting)
        rouse_i_await_begin(f, child);
    rouse_status status = rouse_i_await(f, cx);
    if (status < 0) {
        f->awaiting = NULL;
        rouse_i_carry(cx, child, f);
    }
    return status;
}

/* Pending; or ROUSE_ITEM_, and the item is `source->item`; or how the source ended. */
static inline rouse_status rouse_i_pull(struct rouse_future *f, struct rouse_future *source,
                                        struct rouse_context *cx)
{
    if (!f->awaiting) {
        if (source && rouse_is_done(source))
            return rouse_i_source_end(f, source, cx);
        rouse_i_await_begin(f, source);
    }
    rouse_status status = rouse_i_await(f, cx);
    if (status <= 0)
        return rouse_i_source_end(f, source, cx);
    ROUSE_CHECK(status != ROUSE_ITEM_ || source->item,
                "a stream returned ROUSE_ITEM without an item");
    return status;
}

/* The same for one of several sources, and for a borrowed one. */
static inline rouse_status rouse_i_poll_source(struct rouse_future *f, struct rouse_future *source,
                                               struct rouse_context *cx)
{
    if (!source || !source->type)
        rouse_i_await_refuse(f, source);
    if (rouse_is_done(source))
        return rouse_i_source_end(f, source, cx);
    if (source->status == ROUSE_ITEM_)
        rouse_i_item_taken(source);
    rouse_status status = rouse_poll(source, cx).status;
    if (status <= 0)
        return rouse_i_source_end(f, source, cx);
    ROUSE_CHECK(status != ROUSE_ITEM_ || source->item,
                "a stream returned ROUSE_ITEM without an item");
    return status;
}

/* Takes items until the source ends or `step` returns its result, anything but ROUSE_ITEM_. */
static inline struct rouse_polled rouse_i_take_all(struct rouse_future *f, struct rouse_context *cx,
                                                   rouse_status (*step)(struct rouse_future *f,
                                                                        const void *item))
{
    struct rouse_future *source = ((struct rouse_i_adapter *)(void *)f)->source;
    rouse_status status;
    while ((status = rouse_i_pull(f, source, cx)) == ROUSE_ITEM_) {
        rouse_status stepped = step(f, source->item);
        if (stepped != ROUSE_ITEM_)
            return rouse_i_adapter_end(f, stepped);
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    }
    return rouse_polled(status == ROUSE_ERR_CLOSED ? ROUSE_OK : status);
}

#endif
