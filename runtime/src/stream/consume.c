/* consume.c: futures that take all items of a stream: for_each, fold, count, any, all, collect. */
#include "pull.h"
#include <rouse/stream.h>
#include <string.h>

/* ---- For each ------------------------------------------------------------------------------ */

static rouse_status for_each_step(struct rouse_future *f, const void *item)
{
    struct rouse_for_each *self = (struct rouse_for_each *)(void *)f;
    self->function(self->data, item);
    return ROUSE_ITEM_;
}

static struct rouse_polled for_each_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return rouse_i_take_all(f, cx, for_each_step);
}

ROUSE_I_ADAPTER_TYPE(rouse_for_each, for_each_poll);

struct rouse_for_each rouse_for_each(struct rouse_future *source, rouse_visit function, void *data)
{
    return ROUSE_FUTURE(rouse_for_each, .source = source, .function = function, .data = data);
}

static rouse_status fold_step(struct rouse_future *f, const void *item)
{
    struct rouse_fold *self = (struct rouse_fold *)(void *)f;
    self->function(self->into, item);
    return ROUSE_ITEM_;
}

static struct rouse_polled fold_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return rouse_i_take_all(f, cx, fold_step);
}

ROUSE_I_ADAPTER_TYPE(rouse_fold, fold_poll);

struct rouse_fold rouse_fold(struct rouse_future *source, rouse_visit function, void *into)
{
    return ROUSE_FUTURE(rouse_fold, .source = source, .function = function, .into = into);
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

ROUSE_I_ADAPTER_TYPE(rouse_count, count_poll);

struct rouse_count rouse_count(struct rouse_future *source)
{
    return ROUSE_FUTURE(rouse_count, .source = source);
}

/* ---- Any, all ------------------------------------------------------------------------------ */

static rouse_status any_step(struct rouse_future *f, const void *item)
{
    struct rouse_stream_any *self = (struct rouse_stream_any *)(void *)f;
    self->out = self->function(self->data, item);
    return self->out ? ROUSE_OK : ROUSE_ITEM_;
}

static struct rouse_polled any_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return rouse_i_take_all(f, cx, any_step);
}

ROUSE_I_ADAPTER_TYPE(rouse_stream_any, any_poll);

struct rouse_stream_any rouse_stream_any(struct rouse_future *source, rouse_predicate function,
                                         void *data)
{
    return ROUSE_FUTURE(rouse_stream_any, .source = source, .function = function, .data = data);
}

static rouse_status all_step(struct rouse_future *f, const void *item)
{
    struct rouse_stream_all *self = (struct rouse_stream_all *)(void *)f;
    self->out = self->function(self->data, item);
    return self->out ? ROUSE_ITEM_ : ROUSE_OK;
}

static struct rouse_polled all_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return rouse_i_take_all(f, cx, all_step);
}

ROUSE_I_ADAPTER_TYPE(rouse_stream_all, all_poll);

struct rouse_stream_all rouse_stream_all(struct rouse_future *source, rouse_predicate function,
                                         void *data)
{
    return ROUSE_FUTURE(rouse_stream_all, .source = source, .function = function, .data = data,
                        .out = true);
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

ROUSE_I_ADAPTER_TYPE(rouse_collect, collect_poll);

struct rouse_collect rouse_collect(struct rouse_future *source, void *array, size_t item_size,
                                   size_t capacity)
{
    return ROUSE_FUTURE(rouse_collect, .source = source, .array = array, .item_size = item_size,
                        .capacity = capacity);
}
