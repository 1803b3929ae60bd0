/* bounds.c: adapters that set where a stream begins and ends.

   Invariant: an adapter ends when the next item is asked for, so the last item stays valid until
   then. */
#include "pull.h"
#include <rouse/stream.h>

/* ---- By number ----------------------------------------------------------------------------- */

static struct rouse_polled take_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_take *self = (struct rouse_take *)(void *)f;
    if (self->left == 0)
        return rouse_i_adapter_end(f, ROUSE_ERR_CLOSED);
    rouse_status status = rouse_i_pull(f, self->source, cx);
    if (status != ROUSE_ITEM_)
        return rouse_polled(status);
    self->left--;
    return rouse_item(f, self->source->item);
}

ROUSE_I_ADAPTER_TYPE(rouse_take, take_poll);

struct rouse_take rouse_take(struct rouse_future *source, size_t n)
{
    return ROUSE_FUTURE(rouse_take, .source = source, .left = n);
}

static struct rouse_polled skip_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_skip *self = (struct rouse_skip *)(void *)f;
    rouse_status status;
    while ((status = rouse_i_pull(f, self->source, cx)) == ROUSE_ITEM_) {
        if (self->left == 0)
            return rouse_item(f, self->source->item);
        self->left--;
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    }
    return rouse_polled(status);
}

ROUSE_I_ADAPTER_TYPE(rouse_skip, skip_poll);

struct rouse_skip rouse_skip(struct rouse_future *source, size_t n)
{
    return ROUSE_FUTURE(rouse_skip, .source = source, .left = n);
}

/* ---- By item ------------------------------------------------------------------------------- */

static struct rouse_polled take_while_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_take_while *self = (struct rouse_take_while *)(void *)f;
    rouse_status status = rouse_i_pull(f, self->source, cx);
    if (status != ROUSE_ITEM_)
        return rouse_polled(status);
    if (!self->function(self->data, self->source->item))
        return rouse_i_adapter_end(f, ROUSE_ERR_CLOSED);
    return rouse_item(f, self->source->item);
}

ROUSE_I_ADAPTER_TYPE(rouse_take_while, take_while_poll);

struct rouse_take_while rouse_take_while(struct rouse_future *source, rouse_predicate function,
                                         void *data)
{
    return ROUSE_FUTURE(rouse_take_while, .source = source, .function = function, .data = data);
}

static struct rouse_polled skip_while_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_skip_while *self = (struct rouse_skip_while *)(void *)f;
    rouse_status status;
    while ((status = rouse_i_pull(f, self->source, cx)) == ROUSE_ITEM_) {
        if (!self->function || !self->function(self->data, self->source->item)) {
            self->function = NULL; /* begun: all other items pass */
            return rouse_item(f, self->source->item);
        }
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    }
    return rouse_polled(status);
}

ROUSE_I_ADAPTER_TYPE(rouse_skip_while, skip_while_poll);

struct rouse_skip_while rouse_skip_while(struct rouse_future *source, rouse_predicate function,
                                         void *data)
{
    return ROUSE_FUTURE(rouse_skip_while, .source = source, .function = function, .data = data);
}

/* ---- By event ------------------------------------------------------------------------------ */

static void take_until_drop(struct rouse_future *f)
{
    rouse_drop(((struct rouse_take_until *)(void *)f)->stop);
    rouse_i_adapter_drop(f);
}

static struct rouse_polled take_until_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_take_until *self = (struct rouse_take_until *)(void *)f;
    if (rouse_is_done(self->stop) || !rouse_is_pending(rouse_poll(self->stop, cx)))
        return rouse_i_adapter_end(f, ROUSE_ERR_CLOSED);
    rouse_status status = rouse_i_poll_source(f, self->source, cx);
    if (status == ROUSE_ITEM_)
        return rouse_item(f, self->source->item);
    if (status != ROUSE_PENDING_)
        take_until_drop(f);
    return rouse_polled(status);
}

static const struct rouse_type rouse_take_until_type = {"rouse_take_until", __FILE__,
                                                        sizeof(struct rouse_take_until),
                                                        take_until_poll, take_until_drop};

struct rouse_take_until rouse_take_until(struct rouse_future *source, struct rouse_future *stop)
{
    return ROUSE_FUTURE(rouse_take_until, .source = source, .stop = stop);
}
