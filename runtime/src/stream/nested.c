/* nested.c: adapters that await something for each item. */
#include "pull.h"
#include <rouse/stream.h>

/* ---- A future of each item ----------------------------------------------------------------- */

static struct rouse_polled then_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_then *self = (struct rouse_then *)(void *)f;
    rouse_status status;
    if (!self->busy) {
        status = rouse_i_pull(f, self->source, cx);
        if (status != ROUSE_ITEM_)
            return rouse_polled(status);
        self->function(self->data, self->source->item, self->slot);
        self->busy = true;
    }
    status = rouse_i_await_child(f, self->slot, cx);
    if (status == ROUSE_PENDING_)
        return ROUSE_PENDING;
    self->busy = false;
    return status < 0 ? rouse_i_adapter_end(f, status) : rouse_item(f, self->slot);
}

static void then_drop(struct rouse_future *f)
{
    rouse_drop(((struct rouse_then *)(void *)f)->slot);
    rouse_i_adapter_drop(f);
}

static const struct rouse_type rouse_then_type = {"rouse_then", __FILE__, sizeof(struct rouse_then),
                                                  then_poll, then_drop};

struct rouse_then rouse_then(struct rouse_future *source, rouse_transform function, void *data,
                             void *slot)
{
    return ROUSE_FUTURE(rouse_then, .source = source, .function = function, .data = data,
                        .slot = slot);
}

/* ---- A stream in each item ----------------------------------------------------------------- */

static struct rouse_polled flatten_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_flatten *self = (struct rouse_flatten *)(void *)f;
    rouse_status status;
    for (;;) {
        if (!self->inner) {
            status = rouse_i_pull(f, self->source, cx);
            if (status != ROUSE_ITEM_)
                return rouse_polled(status);
            self->inner = (struct rouse_future *)self->source->item; /* it lies in the source */
        }
        status = rouse_i_pull(f, self->inner, cx);
        if (status == ROUSE_ITEM_)
            return rouse_item(f, self->inner->item);
        if (status == ROUSE_PENDING_)
            return ROUSE_PENDING;
        self->inner = NULL;
        if (status != ROUSE_ERR_CLOSED)
            return rouse_i_adapter_end(f, status);
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    }
}

static void flatten_drop(struct rouse_future *f)
{
    rouse_drop(((struct rouse_flatten *)(void *)f)->inner);
    rouse_i_adapter_drop(f);
}

static const struct rouse_type rouse_flatten_type = {
    "rouse_flatten", __FILE__, sizeof(struct rouse_flatten), flatten_poll, flatten_drop};

struct rouse_flatten rouse_flatten(struct rouse_future *source)
{
    return ROUSE_FUTURE(rouse_flatten, .source = source);
}
