/* timed.c: adapters that look at the clock: throttle, debounce, timeout. */
#include "pull.h"
#include <rouse/stream.h>
#include <string.h>

/* ---- Throttle ------------------------------------------------------------------------------ */

/* The pause begins with the item, not when the next one is asked for. */
static struct rouse_polled throttle_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_throttle *self = (struct rouse_throttle *)(void *)f;
    rouse_status status;
    if (self->sleep.future
            .type) { /* maybe done by now: a task polls the sleep before the adapter */
        if (rouse_i_await_child(f, &self->sleep.future, cx) == ROUSE_PENDING_)
            return ROUSE_PENDING;
        self->sleep.future.type = NULL;
    }
    status = rouse_i_pull(f, self->source, cx);
    if (status != ROUSE_ITEM_)
        return rouse_polled(status);
    if (self->ns > 0) {
        if (!cx->runtime)
            return rouse_i_adapter_end(f, ROUSE_ERR_NOT_SUPPORTED);
        uint64_t now = rouse_now(cx->runtime);
        self->sleep = rouse_sleep_until(self->ns < UINT64_MAX - now ? now + self->ns : UINT64_MAX);
    }
    return rouse_item(f, self->source->item);
}

static void throttle_drop(struct rouse_future *f)
{
    rouse_drop(&((struct rouse_throttle *)(void *)f)->sleep.future);
    rouse_i_adapter_drop(f);
}

static const struct rouse_type rouse_throttle_type = {
    "rouse_throttle", __FILE__, sizeof(struct rouse_throttle), throttle_poll, throttle_drop};

struct rouse_throttle rouse_throttle(struct rouse_future *source, uint64_t ns)
{
    return ROUSE_FUTURE(rouse_throttle, .source = source, .ns = ns);
}

/* ---- Debounce ------------------------------------------------------------------------------ */

static void debounce_drop(struct rouse_future *f)
{
    rouse_drop(&((struct rouse_debounce *)(void *)f)->sleep.future);
    rouse_i_adapter_drop(f);
}

static struct rouse_polled debounce_emit(struct rouse_debounce *self)
{
    rouse_drop(&self->sleep.future);
    self->held = false;
    return rouse_item(&self->future, self->storage);
}

/* Polls the source first: an item replaces the held one even if both are due in the same turn. */
static struct rouse_polled debounce_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_debounce *self = (struct rouse_debounce *)(void *)f;
    rouse_status status;
    while ((status = rouse_i_poll_source(f, self->source, cx)) == ROUSE_ITEM_) {
        memcpy(self->storage, self->source->item, self->item_size);
        rouse_drop(&self->sleep.future);
        self->sleep = rouse_sleep(self->ns);
        self->held = true;
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    }
    if (!self->held)
        return rouse_polled(status);
    if (status != ROUSE_PENDING_) /* the source has ended, and reports it again later */
        return debounce_emit(self);
    struct rouse_polled slept = rouse_poll(&self->sleep.future, cx);
    if (rouse_is_pending(slept))
        return ROUSE_PENDING;
    return slept.status < 0 ? rouse_i_adapter_end(f, slept.status) : debounce_emit(self);
}

static const struct rouse_type rouse_debounce_type = {
    "rouse_debounce", __FILE__, sizeof(struct rouse_debounce), debounce_poll, debounce_drop};

struct rouse_debounce rouse_debounce(struct rouse_future *source, uint64_t ns, void *storage,
                                     size_t item_size)
{
    return ROUSE_FUTURE(rouse_debounce, .source = source, .ns = ns, .storage = storage,
                        .item_size = item_size);
}

/* ---- Timeout ------------------------------------------------------------------------------- */

static void stream_timeout_drop(struct rouse_future *f)
{
    rouse_drop(&((struct rouse_stream_timeout *)(void *)f)->sleep.future);
    rouse_i_adapter_drop(f);
}

/* Polls the source first: its item counts even if the time is up in the same turn. */
static struct rouse_polled stream_timeout_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_stream_timeout *self = (struct rouse_stream_timeout *)(void *)f;
    rouse_status status = rouse_i_poll_source(f, self->source, cx);
    if (status != ROUSE_PENDING_) {
        rouse_drop(&self->sleep.future);
        return status == ROUSE_ITEM_ ? rouse_item(f, self->source->item) : rouse_polled(status);
    }
    if (!self->sleep.future.type || rouse_is_done(&self->sleep.future))
        self->sleep = rouse_sleep(self->ns);
    struct rouse_polled slept = rouse_poll(&self->sleep.future, cx);
    if (rouse_is_pending(slept))
        return ROUSE_PENDING;
    return rouse_i_adapter_end(f, slept.status < 0 ? slept.status : ROUSE_ERR_TIMEOUT);
}

static const struct rouse_type rouse_stream_timeout_type = {
    "rouse_stream_timeout", __FILE__, sizeof(struct rouse_stream_timeout), stream_timeout_poll,
    stream_timeout_drop};

struct rouse_stream_timeout rouse_stream_timeout(struct rouse_future *source, uint64_t ns)
{
    return ROUSE_FUTURE(rouse_stream_timeout, .source = source, .ns = ns);
}
