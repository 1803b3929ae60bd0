/* chunks.c: many items at a time. Items lie in the caller's array until the chunk is emitted. When
   the source ends, the last chunk is emitted first, and the next poll asks for the end again. */
#include "pull.h"
#include <rouse/stream.h>
#include <string.h>

/* True when the chunk is full. */
static bool chunk_add(struct rouse_chunks *chunks, const void *item)
{
    memcpy(chunks->array + chunks->filled * chunks->item_size, item, chunks->item_size);
    return ++chunks->filled == chunks->capacity;
}

static struct rouse_polled chunk_emit(struct rouse_future *f, struct rouse_chunks *chunks)
{
    chunks->out.items = chunks->array;
    chunks->out.count = chunks->filled;
    chunks->filled = 0;
    return rouse_item(f, &chunks->out);
}

/* ---- Full, or the last --------------------------------------------------------------------- */

static struct rouse_polled chunks_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_chunks *self = (struct rouse_chunks *)(void *)f;
    rouse_status status;
    if (self->capacity == 0)
        return rouse_i_adapter_end(f, ROUSE_ERR_INVALID);
    while ((status = rouse_i_pull(f, self->source, cx)) == ROUSE_ITEM_) {
        if (chunk_add(self, self->source->item))
            return chunk_emit(f, self);
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    }
    if (status == ROUSE_PENDING_ || self->filled == 0)
        return rouse_polled(status);
    return chunk_emit(f, self);
}

ROUSE_I_ADAPTER_TYPE(rouse_chunks, chunks_poll);

struct rouse_chunks rouse_chunks(struct rouse_future *source, void *array, size_t item_size,
                                 size_t capacity)
{
    return ROUSE_FUTURE(rouse_chunks, .source = source, .array = array, .item_size = item_size,
                        .capacity = capacity);
}

/* ---- Or in time ---------------------------------------------------------------------------- */

static void chunks_timeout_drop(struct rouse_future *f)
{
    struct rouse_chunks_timeout *self = (struct rouse_chunks_timeout *)(void *)f;
    rouse_drop(&self->sleep.future);
    rouse_drop(self->chunks.source);
}

static struct rouse_polled chunks_timeout_emit(struct rouse_chunks_timeout *self)
{
    rouse_drop(&self->sleep.future);
    return chunk_emit(&self->future, &self->chunks);
}

static struct rouse_polled chunks_timeout_fail(struct rouse_future *f, rouse_status status)
{
    chunks_timeout_drop(f);
    return ROUSE_READY(status);
}

static struct rouse_polled chunks_timeout_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_chunks_timeout *self = (struct rouse_chunks_timeout *)(void *)f;
    struct rouse_chunks *chunks = &self->chunks;
    rouse_status status;
    if (chunks->capacity == 0)
        return chunks_timeout_fail(f, ROUSE_ERR_INVALID);
    while ((status = rouse_i_poll_source(f, chunks->source, cx)) == ROUSE_ITEM_) {
        if (chunks->filled == 0)
            self->sleep = rouse_sleep(self->ns);
        if (chunk_add(chunks, chunks->source->item))
            return chunks_timeout_emit(self);
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    }
    if (chunks->filled == 0)
        return rouse_polled(status);
    if (status != ROUSE_PENDING_)
        return chunks_timeout_emit(self);
    struct rouse_polled slept = rouse_poll(&self->sleep.future, cx);
    if (rouse_is_pending(slept))
        return ROUSE_PENDING;
    return slept.status < 0 ? chunks_timeout_fail(f, slept.status) : chunks_timeout_emit(self);
}

static const struct rouse_type rouse_chunks_timeout_type = {
    "rouse_chunks_timeout", __FILE__, sizeof(struct rouse_chunks_timeout), chunks_timeout_poll,
    chunks_timeout_drop};

struct rouse_chunks_timeout rouse_chunks_timeout(struct rouse_future *source, uint64_t ns,
                                                 void *array, size_t item_size, size_t capacity)
{
    return ROUSE_FUTURE(
        rouse_chunks_timeout, .ns = ns,
        .chunks = {.source = source, .array = array, .item_size = item_size, .capacity = capacity});
}
