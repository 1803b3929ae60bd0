/* concurrent.c: runs many futures at once, in slots of the caller.

     empty --slot_fill, from an item--> live --done--> emitted --next poll--> empty

   A slot whose type is NULL is empty. Invariant: every poll looks at every slot, beginning with
   `first`: in order, the next one to be emitted; out of order, the one behind the last. */
#include "pull.h"
#include <rouse/stream.h>

/* The three futures of this file have the same fields. */
struct concurrent {
    struct rouse_future future;
    struct rouse_i_slots slots;
};

static struct rouse_i_slots *slots_of(struct rouse_future *f)
{
    return &((struct concurrent *)(void *)f)->slots;
}

/* The nth slot from `first` on. */
static struct rouse_future *slot_at(const struct rouse_i_slots *self, size_t n)
{
    size_t behind = self->count - self->first;
    size_t i = n < behind ? self->first + n : n - behind;
    return (struct rouse_future *)(void *)(self->slots + i * self->slot_size);
}

static void concurrent_drop(struct rouse_future *f)
{
    struct rouse_i_slots *self = slots_of(f);
    for (size_t n = 0; n < self->count; n++)
        rouse_drop(slot_at(self, n));
    rouse_drop(self->source);
}

/* Empties the slots once. False if there is none. */
static bool slots_begin(struct rouse_i_slots *self)
{
    for (size_t n = 0; !self->begun && n < self->count; n++) {
        rouse_i_slot_clear(slot_at(self, n));
        slot_at(self, n)->type = NULL;
    }
    self->begun = true;
    return self->count > 0;
}

/* ---- One poll ------------------------------------------------------------------------------ */

static void slot_fill(struct rouse_future *f, struct rouse_future *slot)
{
    struct rouse_i_slots *self = slots_of(f);
    self->function(self->data, self->source->item, slot);
    if (!slot->type)
        rouse_i_await_refuse(f, slot);
}

/* Fills empty slots and polls live ones. PENDING while a slot is live, else the source's status. */
static rouse_status slots_run(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_i_slots *self = slots_of(f);
    rouse_status source = ROUSE_ITEM_;
    bool live = false;
    for (size_t n = 0; n < self->count; n++) {
        struct rouse_future *slot = slot_at(self, n);
        if (!slot->type && source == ROUSE_ITEM_) {
            source = rouse_i_poll_source(f, self->source, cx);
            if (source == ROUSE_ITEM_)
                slot_fill(f, slot);
        }
        if (!slot->type)
            continue;
        live = true;
        if (!rouse_is_done(slot))
            (void)rouse_poll(slot, cx).status;
    }
    return live ? ROUSE_PENDING_ : source;
}

static struct rouse_polled concurrent_fail(struct rouse_future *f, rouse_status status)
{
    concurrent_drop(f);
    return ROUSE_READY(status);
}

static struct rouse_polled fail_like_slot(struct rouse_future *f, struct rouse_context *cx,
                                          const struct rouse_future *slot)
{
    rouse_i_carry(cx, slot, f);
    return concurrent_fail(f, slot->status);
}

/* ---- As streams ---------------------------------------------------------------------------- */

/* Emits one of the first `candidates` slots, if one is done. */
static struct rouse_polled slots_next(struct rouse_future *f, struct rouse_context *cx,
                                      size_t candidates)
{
    struct rouse_i_slots *self = slots_of(f);
    if (!slots_begin(self))
        return concurrent_fail(f, ROUSE_ERR_INVALID);
    if (self->given) {
        slot_at(self, 0)->type = NULL;
        self->first = (self->first + 1) % self->count;
        self->given = false;
    }
    rouse_status status = slots_run(f, cx);
    for (size_t n = 0; n < candidates; n++) {
        struct rouse_future *slot = slot_at(self, n);
        if (!slot->type || !rouse_is_done(slot))
            continue;
        if (slot->status < 0)
            return fail_like_slot(f, cx, slot);
        self->first = (self->first + n) % self->count;
        self->given = true;
        return rouse_item(f, slot);
    }
    return rouse_polled(status);
}

static struct rouse_polled ordered_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return slots_next(f, cx, 1);
}

static struct rouse_polled unordered_poll(struct rouse_future *f, struct rouse_context *cx)
{
    return slots_next(f, cx, slots_of(f)->count);
}

/* ---- As a future --------------------------------------------------------------------------- */

static struct rouse_polled for_each_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_i_slots *self = slots_of(f);
    if (!slots_begin(self))
        return concurrent_fail(f, ROUSE_ERR_INVALID);
    for (bool may = true; may;) {
        rouse_status status = slots_run(f, cx);
        size_t done = 0;
        for (size_t n = 0; n < self->count; n++) {
            struct rouse_future *slot = slot_at(self, n);
            if (!slot->type || !rouse_is_done(slot))
                continue;
            if (slot->status < 0)
                return fail_like_slot(f, cx, slot);
            slot->type = NULL;
            done++;
            may = may && rouse_spend(cx);
        }
        if (done == 0)
            return rouse_polled(status == ROUSE_ERR_CLOSED ? ROUSE_OK : status);
    }
    return ROUSE_PENDING;
}

/* ---- The three ----------------------------------------------------------------------------- */

#define CONCURRENT(T, poll)                                                                      \
    _Static_assert(sizeof(struct T) == sizeof(struct concurrent), "");                           \
    static const struct rouse_type T##_type = {#T, __FILE__, sizeof(struct T), poll,             \
                                               concurrent_drop};                                 \
    struct T(T)(struct rouse_future * source, rouse_transform function, void *data, void *slots, \
                size_t slot_size, size_t count)                                                  \
    {                                                                                            \
        return ROUSE_FUTURE(T, .slots = {.source = source,                                       \
                                         .function = function,                                   \
                                         .data = data,                                           \
                                         .slots = slots,                                         \
                                         .slot_size = slot_size,                                 \
                                         .count = count});                                       \
    }                                                                                            \
    struct concurrent

CONCURRENT(rouse_buffer_ordered, ordered_poll);
CONCURRENT(rouse_buffer_unordered, unordered_poll);
CONCURRENT(rouse_for_each_concurrent, for_each_poll);
