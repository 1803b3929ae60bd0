/* pull.h: how an adapter takes items from its source.

   Every adapter begins `struct rouse_future future; struct rouse_future *source;`. One that waits
   for one thing at a time waits as an await does (rouse_i_pull, rouse_i_step): a wake resumes the
   source directly, reports show the whole chain, a drop ends it from within. One that waits for
   several polls them by hand (rouse_i_poll_source), as combinators do, and so do those that only
   borrow.

   Whoever may take many items in one poll asks rouse_spend after each. */
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
/* How a source ended, for `f` to end likewise. ROUSE_OK is no end of a stream: a trap. */
rouse_status rouse_i_source_end(struct rouse_future *f, const struct rouse_future *source,
                                struct rouse_context *cx);

/* Before its time: the source is dropped. */
static inline struct rouse_polled rouse_i_adapter_end(struct rouse_future *f, rouse_status status)
{
    rouse_i_adapter_drop(f);
    return rouse_polled(status);
}

/* Waits for a child that `f` waits for alone. */
static inline rouse_status rouse_i_step(struct rouse_future *f, struct rouse_future *child,
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

/* Pending, or an item and it is `source->item`, or how the source ended, now or earlier. */
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
    ROUSE_CHECK(status != ROUSE_ITEM_ || source->item, "a stream said ROUSE_ITEM without an item");
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
    ROUSE_CHECK(status != ROUSE_ITEM_ || source->item, "a stream said ROUSE_ITEM without an item");
    return status;
}

/* Takes items until the source is closed, or `step` returns other than ROUSE_ITEM_: the result. */
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
