/* stream_all.c: futures that take all items of a stream. */
#include "pull.h"
#include <rouse/stream.h>
#include <string.h>

/* ---- For each ------------------------------------------------------------------------------ */

static rouse_status for_each_step(struct rouse_future *f, const void *item)
{
    struct rouse_inspect *self = (struct rouse_inspect *)(void *)f;
    self->function(self->data, item);
    return ROUSE_ITEM_;
}

static struct rouse_polled for_each_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return rouse_i_take_all(f, cx, for_each_step);
}

ROUSE_I_ADAPTER_TYPE(rouse_inspect, rouse_for_each_type, for_each_poll);

struct rouse_inspect rouse_for_each(struct rouse_future *source, rouse_visit function, void *data)
{
    return (struct rouse_inspect){.future = ROUSE_HEADER_(&rouse_for_each_type),
                                  .source = source,
                                  .function = function,
                                  .data = data};
}

struct rouse_inspect rouse_fold(struct rouse_future *source, rouse_visit function, void *into)
{
    return rouse_for_each(source, function, into);
}

/* ---- Count --------------------------------------------------------------------------------- */

static rouse_status count_step(struct rouse_future *f, const void *item)
{
    (void)item;
    ((struct rouse_count *)(void *)f)->out++;
    return ROUSE_ITEM_;
}

static struct rouse_polled count_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return rouse_i_take_all(f, cx, count_step);
}

ROUSE_I_ADAPTER_TYPE(rouse_count, rouse_count_type, count_poll);

struct rouse_count rouse_count(struct rouse_future *source)
{
    return ROUSE_FUTURE(rouse_count, .source = source);
}

/* ---- Any, all ------------------------------------------------------------------------------ */

/* `out` is the answer unless an item says otherwise. */
static rouse_status any_step(struct rouse_future *f, const void *item)
{
    struct rouse_any *self = (struct rouse_any *)(void *)f;
    if (self->function(self->data, item) == self->out)
        return ROUSE_ITEM_;
    self->out = !self->out;
    return ROUSE_OK;
}

static struct rouse_polled any_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return rouse_i_take_all(f, cx, any_step);
}

ROUSE_I_ADAPTER_TYPE(rouse_any, rouse_any_type, any_poll);

struct rouse_any rouse_any(struct rouse_future *source, rouse_predicate function, void *data)
{
    return ROUSE_FUTURE(rouse_any, .source = source, .function = function, .data = data);
}

struct rouse_any rouse_all(struct rouse_future *source, rouse_predicate function, void *data)
{
    struct rouse_any all = rouse_any(source, function, data);
    all.out = true;
    return all;
}

/* ---- Collect ------------------------------------------------------------------------------- */

static rouse_status collect_step(struct rouse_future *f, const void *item)
{
    struct rouse_collect *self = (struct rouse_collect *)(void *)f;
    if (self->out == self->capacity)
        return ROUSE_ERR_FULL;
    memcpy(self->array + self->out++ * self->item_size, item, self->item_size);
    return ROUSE_ITEM_;
}

static struct rouse_polled collect_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return rouse_i_take_all(f, cx, collect_step);
}

ROUSE_I_ADAPTER_TYPE(rouse_collect, rouse_collect_type, collect_poll);

struct rouse_collect rouse_collect(struct rouse_future *source, void *array, size_t item_size,
                                   size_t capacity)
{
    return ROUSE_FUTURE(rouse_collect, .source = source, .array = array, .item_size = item_size,
                        .capacity = capacity);
}
