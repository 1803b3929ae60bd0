/* map.c: adapters that handle one item at a time: map, filter and their relatives. */
#include "pull.h"
#include <rouse/stream.h>

/* ---- Every item ---------------------------------------------------------------------------- */

static struct rouse_polled map_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_map *self = (struct rouse_map *)(void *)f;
    rouse_status status = rouse_i_pull(f, self->source, cx);
    if (status != ROUSE_ITEM_)
        return rouse_polled(status);
    self->function(self->data, self->source->item, self->out);
    return rouse_item(f, self->out);
}

ROUSE_I_ADAPTER_TYPE(rouse_map, map_poll);

struct rouse_map rouse_map(struct rouse_future *source, rouse_transform function, void *data,
                           void *out)
{
    return ROUSE_FUTURE(rouse_map, .source = source, .function = function, .data = data,
                        .out = out);
}

static struct rouse_polled inspect_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_inspect *self = (struct rouse_inspect *)(void *)f;
    rouse_status status = rouse_i_pull(f, self->source, cx);
    if (status != ROUSE_ITEM_)
        return rouse_polled(status);
    self->function(self->data, self->source->item);
    return rouse_item(f, self->source->item);
}

ROUSE_I_ADAPTER_TYPE(rouse_inspect, inspect_poll);

struct rouse_inspect rouse_inspect(struct rouse_future *source, rouse_visit function, void *data)
{
    return ROUSE_FUTURE(rouse_inspect, .source = source, .function = function, .data = data);
}

static struct rouse_polled enumerate_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_enumerate *self = (struct rouse_enumerate *)(void *)f;
    rouse_status status = rouse_i_pull(f, self->source, cx);
    if (status != ROUSE_ITEM_)
        return rouse_polled(status);
    self->out.index = self->seen++;
    self->out.item = self->source->item;
    return rouse_item(f, &self->out);
}

ROUSE_I_ADAPTER_TYPE(rouse_enumerate, enumerate_poll);

struct rouse_enumerate rouse_enumerate(struct rouse_future *source)
{
    return ROUSE_FUTURE(rouse_enumerate, .source = source);
}

/* ---- Some items ---------------------------------------------------------------------------- */

static struct rouse_polled filter_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_filter *self = (struct rouse_filter *)(void *)f;
    rouse_status status;
    while ((status = rouse_i_pull(f, self->source, cx)) == ROUSE_ITEM_) {
        if (self->function(self->data, self->source->item))
            return rouse_item(f, self->source->item);
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    }
    return rouse_polled(status);
}

ROUSE_I_ADAPTER_TYPE(rouse_filter, filter_poll);

struct rouse_filter rouse_filter(struct rouse_future *source, rouse_predicate function, void *data)
{
    return ROUSE_FUTURE(rouse_filter, .source = source, .function = function, .data = data);
}

static struct rouse_polled filter_map_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_filter_map *self = (struct rouse_filter_map *)(void *)f;
    rouse_status status;
    while ((status = rouse_i_pull(f, self->source, cx)) == ROUSE_ITEM_) {
        if (self->function(self->data, self->source->item, self->out))
            return rouse_item(f, self->out);
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    }
    return rouse_polled(status);
}

ROUSE_I_ADAPTER_TYPE(rouse_filter_map, filter_map_poll);

struct rouse_filter_map rouse_filter_map(struct rouse_future *source, rouse_try_transform function,
                                         void *data, void *out)
{
    return ROUSE_FUTURE(rouse_filter_map, .source = source, .function = function, .data = data,
                        .out = out);
}

static struct rouse_polled scan_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_scan *self = (struct rouse_scan *)(void *)f;
    rouse_status status = rouse_i_pull(f, self->source, cx);
    if (status != ROUSE_ITEM_)
        return rouse_polled(status);
    if (!self->function(self->data, self->source->item, self->out))
        return rouse_i_adapter_end(f, ROUSE_ERR_CLOSED);
    return rouse_item(f, self->out);
}

ROUSE_I_ADAPTER_TYPE(rouse_scan, scan_poll);

struct rouse_scan rouse_scan(struct rouse_future *source, rouse_try_transform function, void *data,
                             void *out)
{
    return ROUSE_FUTURE(rouse_scan, .source = source, .function = function, .data = data,
                        .out = out);
}
