/* sources.c: streams from arrays, numbers, functions and futures. They do not count against the
   budget: the loop that takes many items in one poll does. */
#include "pull.h"

/* ---- Items that are there ------------------------------------------------------------------ */

static struct rouse_polled from_array_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_from_array *self = (struct rouse_from_array *)(void *)f;
    (void)cx;
    if (self->left == 0)
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    const char *item = self->next;
    self->next += self->item_size;
    self->left--;
    return rouse_item(f, item);
}

static const struct rouse_type rouse_from_array_type = {
    "rouse_from_array", __FILE__, sizeof(struct rouse_from_array), from_array_poll, NULL};

struct rouse_from_array rouse_from_array(const void *items, size_t item_size, size_t count)
{
    return ROUSE_FUTURE(rouse_from_array, .next = items, .item_size = item_size, .left = count);
}

struct rouse_from_array rouse_stream_once(const void *item)
{
    return rouse_from_array(item, 0, 1);
}

struct rouse_from_array rouse_stream_empty(void)
{
    return rouse_from_array(NULL, 0, 0);
}

static struct rouse_polled repeat_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)cx;
    return rouse_item(f, ((struct rouse_repeat *)(void *)f)->repeated);
}

static const struct rouse_type rouse_repeat_type = {"rouse_repeat", __FILE__,
                                                    sizeof(struct rouse_repeat), repeat_poll, NULL};

struct rouse_repeat rouse_repeat(const void *item)
{
    return ROUSE_FUTURE(rouse_repeat, .repeated = item);
}

/* ---- Items that are made ------------------------------------------------------------------- */

static struct rouse_polled range_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_range *self = (struct rouse_range *)(void *)f;
    (void)cx;
    if (self->from >= self->to)
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    self->out = self->from++;
    return rouse_item(f, &self->out);
}

static const struct rouse_type rouse_range_type = {"rouse_range", __FILE__,
                                                   sizeof(struct rouse_range), range_poll, NULL};

struct rouse_range rouse_range(int64_t from, int64_t to)
{
    return ROUSE_FUTURE(rouse_range, .from = from, .to = to);
}

static struct rouse_polled unfold_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_unfold *self = (struct rouse_unfold *)(void *)f;
    (void)cx;
    if (!self->function(self->data, self->out))
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    return rouse_item(f, self->out);
}

static const struct rouse_type rouse_unfold_type = {"rouse_unfold", __FILE__,
                                                    sizeof(struct rouse_unfold), unfold_poll, NULL};

struct rouse_unfold rouse_unfold(rouse_produce function, void *data, void *out)
{
    return ROUSE_FUTURE(rouse_unfold, .function = function, .data = data, .out = out);
}

/* ---- Items that are awaited ---------------------------------------------------------------- */

static struct rouse_polled stream_of_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_stream_of *self = (struct rouse_stream_of *)(void *)f;
    if (!f->awaiting)
        self->make(self->data, self->slot);
    rouse_status status = rouse_i_await_child(f, self->slot, cx);
    if (status != ROUSE_OK)
        return rouse_polled(status);
    return rouse_item(f, self->filled ? self->filled : self->slot);
}

static void stream_of_drop(struct rouse_future *f)
{
    rouse_drop(((struct rouse_stream_of *)(void *)f)->slot);
}

static const struct rouse_type rouse_stream_of_type = {
    "rouse_stream_of", __FILE__, sizeof(struct rouse_stream_of), stream_of_poll, stream_of_drop};

struct rouse_stream_of rouse_stream_of(rouse_refill make, void *data, void *slot, const void *item)
{
    return ROUSE_FUTURE(rouse_stream_of, .make = make, .data = data, .slot = slot, .filled = item);
}
