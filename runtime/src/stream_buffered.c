/* stream_buffered.c: many futures at once, in slots of the caller.

     empty --function made a future of an item--> live --done--> given as an item --next poll-->
   empty A slot whose type is NULL is empty. Every poll looks at every slot, beginning with `first`:
   in order, that is the one whose turn it is; out of order, the one behind the last that was given.
 */
#include "pull.h"
#include <rouse/stream.h>

/* The nth slot from `first` on. */
static struct rouse_future *slot_at(const struct rouse_buffered *self, size_t n)
{
    size_t i = n < self->count - self->first ? self->first + n : n - (self->count - self->first);
    return (struct rouse_future *)(void *)(self->slots + i * self->slot_size);
}

static void buffered_drop(struct rouse_future *f)
{
    struct rouse_buffered *self = (struct rouse_buffered *)(void *)f;
    for (size_t n = 0; n < self->count; n++)
        rouse_drop(slot_at(self, n));
    rouse_i_adapter_drop(f);
}

static void slots_begin(struct rouse_buffered *self)
{
    for (size_t n = 0; n < self->count; n++) {
        rouse_i_slot_clear(slot_at(self, n));
        slot_at(self, n)->type = NULL;
    }
    self->begun = true;
}

static void slot_fill(struct rouse_buffered *self, struct rouse_future *slot)
{
    self->function(self->data, self->source->item, slot);
    if (!slot->type)
        rouse_i_await_refuse(&self->future, slot);
}

/* Fills empty slots and polls live ones. PENDING while any is live, else how the source stands. */
static rouse_status slots_run(struct rouse_buffered *self, struct rouse_context *cx)
{
    rouse_status source = ROUSE_ITEM_;
    bool live = false;
    for (size_t n = 0; n < self->count; n++) {
        struct rouse_future *slot = slot_at(self, n);
        if (!slot->type && source == ROUSE_ITEM_) {
            source = rouse_i_poll_source(&self->future, self->source, cx);
            if (source == ROUSE_ITEM_)
                slot_fill(self, slot);
        }
        if (!slot->type)
            continue;
        live = true;
        if (!rouse_is_done(slot))
            (void)rouse_poll(slot, cx).status;
    }
    return live ? ROUSE_PENDING_ : source;
}

static struct rouse_polled slot_failed(struct rouse_buffered *self, struct rouse_context *cx,
                                       const struct rouse_future *slot)
{
    rouse_status status = slot->status;
    self->failed = true;
    rouse_i_carry(cx, slot, &self->future);
    buffered_drop(&self->future);
    return ROUSE_READY(status);
}

/* ---- As a stream --------------------------------------------------------------------------- */

/* What runs before the first `among` slots that are done is given. */
static struct rouse_polled slots_next(struct rouse_buffered *self, struct rouse_context *cx,
                                      size_t among)
{
    if (self->count == 0)
        return rouse_i_adapter_end(&self->future, ROUSE_ERR_INVALID);
    if (!self->begun)
        slots_begin(self);
    if (self->given) {
        slot_at(self, 0)->type = NULL;
        self->first = (self->first + 1) % self->count;
        self->given = false;
    }
    rouse_status status = slots_run(self, cx);
    for (size_t n = 0; n < among; n++) {
        struct rouse_future *slot = slot_at(self, n);
        if (!slot->type || !rouse_is_done(slot))
            continue;
        if (slot->status < 0)
            return slot_failed(self, cx, slot);
        self->first = (self->first + n) % self->count;
        self->given = true;
        return rouse_item(&self->future, slot);
    }
    return rouse_polled(status);
}

static struct rouse_polled buffered_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return slots_next((struct rouse_buffered *)(void *)f, cx, 1);
}

static const struct rouse_type rouse_buffered_type = {
    "rouse_buffered", __FILE__, sizeof(struct rouse_buffered), buffered_poll, buffered_drop};

struct rouse_buffered rouse_buffered(struct rouse_future *source, rouse_transform function,
                                     void *data, void *slots, size_t slot_size, size_t count)
{
    return ROUSE_FUTURE(rouse_buffered, .source = source, .function = function, .data = data,
                        .slots = slots, .slot_size = slot_size, .count = count);
}

static struct rouse_polled buffer_unordered_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_buffered *self = (struct rouse_buffered *)(void *)f;
    return slots_next(self, cx, self->count);
}

static const struct rouse_type rouse_buffer_unordered_type = {"rouse_buffer_unordered", __FILE__,
                                                              sizeof(struct rouse_buffered),
                                                              buffer_unordered_poll, buffered_drop};

struct rouse_buffered rouse_buffer_unordered(struct rouse_future *source, rouse_transform function,
                                             void *data, void *slots, size_t slot_size,
                                             size_t count)
{
    struct rouse_buffered buffer = rouse_buffered(source, function, data, slots, slot_size, count);
    buffer.future = (struct rouse_future)ROUSE_HEADER_(&rouse_buffer_unordered_type);
    return buffer;
}

/* ---- As a future --------------------------------------------------------------------------- */

static struct rouse_polled for_each_concurrent_poll(struct rouse_future *f,
                                                    struct rouse_context *cx)
{
    struct rouse_buffered *self = (struct rouse_buffered *)(void *)f;
    struct rouse_polled polled;
    while ((polled = buffer_unordered_poll(f, cx)).status == ROUSE_ITEM_)
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    bool end = polled.status == ROUSE_ERR_CLOSED && !self->failed;
    return end ? ROUSE_READY(ROUSE_OK) : polled;
}

static const struct rouse_type rouse_for_each_concurrent_type = {
    "rouse_for_each_concurrent", __FILE__, sizeof(struct rouse_buffered), for_each_concurrent_poll,
    buffered_drop};

struct rouse_buffered rouse_for_each_concurrent(struct rouse_future *source,
                                                rouse_transform function, void *data, void *slots,
                                                size_t slot_size, size_t count)
{
    struct rouse_buffered each = rouse_buffered(source, function, data, slots, slot_size, count);
    each.future = (struct rouse_future)ROUSE_HEADER_(&rouse_for_each_concurrent_type);
    return each;
}
